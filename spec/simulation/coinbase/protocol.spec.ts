import { VirtualTimeScheduler } from 'rxjs';
import { type SimulatedCoinbaseConfig, simulatedCoinbase } from '../../../lib/simulation/index.js';
import { type Words, heard, rowsOf } from '../heard.js';

const told = (words: Words, more: Partial<SimulatedCoinbaseConfig> = {}, within?: number) =>
  heard(
    (scheduler) => simulatedCoinbase({ seed: 1, instruments: ['BTCUSDT', 'ETHUSDT'], ...more, scheduler }),
    'wss://advanced-trade-ws.coinbase.com',
    words,
    within,
  );
const ask = (channel: string, product_ids: readonly string[] = ['BTC-USDT'], type = 'subscribe'): object => ({
  type,
  channel,
  product_ids,
});

describe('a simulated Coinbase Advanced Trade', () => {
  it('counts all frames of a connection, from 0: those of every channel and every answer', () => {
    const frames = rowsOf(
      told([
        [0, ask('level2')],
        [0, ask('market_trades')],
        [3_000, ask('heartbeats')],
      ]).texts,
    );

    expect(new Set(frames.map(({ channel }) => channel)).size).toBeGreaterThan(3);
    expect(frames.map(({ sequence_num }) => sequence_num)).toEqual(frames.map((_, i) => i));
  });

  it('answers with the whole list of what is subscribed, by the names that were asked for', () => {
    const lists = rowsOf(
      told([
        [0, ask('level2')],
        [1_000, ask('ticker', ['ETH-USDT'])],
        [2_000, ask('level2', ['BTC-USDT'], 'unsubscribe')],
      ]).texts,
    ).filter(({ channel }) => channel === 'subscriptions');

    expect(lists.map(({ events }) => events)).toEqual([
      [{ subscriptions: { level2: ['BTC-USDT'] } }],
      [{ subscriptions: { level2: ['BTC-USDT'], ticker: ['ETH-USDT'] } }],
      [{ subscriptions: { ticker: ['ETH-USDT'] } }],
    ]);
  });

  it('refuses in errors that are not counted', () => {
    const frames = rowsOf(
      told([
        [0, ask('level2', ['FOO-BAR'])],
        [0, ask('nothing')],
        [0, ask('level2')],
      ]).texts,
    );
    const errors = frames.filter(({ type }) => type === 'error');

    expect(errors).toHaveLength(2);
    expect(errors.every((error) => !('sequence_num' in error))).toBe(true);
    expect(frames.find(({ type }) => type !== 'error')).toMatchObject({ sequence_num: 0 });
  });

  it('takes so many books on a connection, so many messages a second, and nobody who subscribes nothing', () => {
    const books = told([[0, ask('level2', ['BTC-USDT', 'ETH-USDT'])]], { limits: { booksPerConnection: 1 } });
    const fast = told(
      [0, 0, 0].map(() => [0, ask('ticker')] as const),
      { limits: { messagesPerSecond: 2 } },
    );

    expect(rowsOf(books.texts)).toMatchObject([{ message: expect.stringContaining('too many L2 streams') }]);
    expect(rowsOf(fast.texts).filter(({ type }) => type === 'error')).toMatchObject([
      { message: 'rate limit exceeded' },
    ]);
    expect([books, fast].map(({ venue }) => venue.stats().violations.length)).toEqual([1, 1]);
    expect(told([], {}, 6_000).ended).toHaveLength(1);
  });

  it('counts the messages of all connections together, as those of one address', () => {
    const scheduler = new VirtualTimeScheduler();
    const venue = simulatedCoinbase({ scheduler, limits: { messagesPerSecond: 2 } });
    const frames: string[] = [];
    const wires = [1, 2].map(() =>
      venue.network.open({ url: 'wss://advanced-trade-ws.coinbase.com' }).subscribe((wire) => {
        wire.messages.subscribe((text) => frames.push(text));
        for (const channel of ['heartbeats', 'status']) wire.send(JSON.stringify({ type: 'subscribe', channel }));
      }),
    );
    scheduler.schedule(() => wires.forEach((wire) => wire.unsubscribe()), 500);
    scheduler.flush();

    expect(frames.filter((text) => text.includes('rate limit exceeded'))).toHaveLength(2);
  });
});
