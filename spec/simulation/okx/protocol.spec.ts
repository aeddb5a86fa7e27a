import { type SimulatedOkxConfig, simulatedOkx } from '../../../lib/simulation/index.js';
import { type Words, heard, rowsOf } from '../heard.js';

const told = (words: Words, more: Partial<SimulatedOkxConfig> = {}, within?: number) =>
  heard(
    (scheduler) => simulatedOkx({ seed: 1, instruments: ['BTCUSDT'], ...more, scheduler }),
    'wss://ws.okx.com/ws/v5/public',
    words,
    within,
  );
const ask = (channel: string, instId = 'BTC-USDT', op = 'subscribe'): object => ({
  id: 'a1',
  op,
  args: [{ channel, instId }],
});
const dataOf = (texts: readonly string[]) =>
  rowsOf(texts).flatMap(({ data }) => (data ?? []) as readonly Readonly<Record<string, unknown>>[]);

describe('a simulated OKX', () => {
  it('links each update to the one before', () => {
    const rows = dataOf(told([[0, ask('books')]]).texts);

    expect(rows.length).toBeGreaterThan(20);
    expect(rows.map(({ prevSeqId }) => prevSeqId)).toEqual([-1, ...rows.slice(0, -1).map(({ seqId }) => seqId)]);
  });

  it('begins nothing anew for who subscribes twice, and tells nothing after the end', () => {
    const { texts } = told([
      [0, ask('books')],
      [2_000, ask('books')],
      [5_000, ask('books', 'BTC-USDT', 'unsubscribe')],
    ]);
    const rows = rowsOf(texts);
    const end = rows.findIndex(({ event }) => event === 'unsubscribe');

    expect(rows.filter(({ action }) => action === 'snapshot')).toHaveLength(1);
    expect(rows.filter(({ event }) => event === 'subscribe')).toHaveLength(2);
    expect(end).toBeGreaterThan(10);
    expect(rows.slice(end + 1).filter(({ data }) => data !== undefined)).toEqual([]);
  });

  it('tells a book that does not change again after a minute, whole where each message is', () => {
    const words: Words = [
      ...['books', 'books5'].map((channel) => [0, ask(channel)] as const),
      ...[20_000, 40_000, 60_000, 80_000].map((at) => [at, 'ping'] as const),
    ];
    const said = rowsOf(told(words, { activity: 0 }, 90_000).texts.filter((text) => text !== 'pong'));
    const of = (channel: string) =>
      said.filter((row) => row['data'] && (row['arg'] as { channel: string }).channel === channel);

    expect(of('books').map(({ data }) => data)).toMatchObject([
      [{ prevSeqId: -1 }],
      [{ bids: [], asks: [], seqId: (of('books')[0]?.['data'] as { seqId: number }[])[0]?.seqId }],
    ]);
    const [first, again] = dataOf(of('books5').map((row) => JSON.stringify(row)));
    expect(again).toEqual({ ...first, ts: again?.['ts'] });
  });

  it('answers the text ping with the text pong', () => {
    expect(told([[0, 'ping']]).texts).toEqual(['pong']);
  });

  it.each<readonly [string, object | string, string]>([
    ['an instrument that there is not', ask('books', 'FOO-BAR'), '60018'],
    ['candles, which are elsewhere', ask('candle1m'), '60018'],
    ['a book that takes a login', ask('books-l2-tbt'), '60011'],
    ['what is no request', '{"op":"x"}', '60012'],
  ])('refuses %s by its code, and names no argument', (_, request, code) => {
    const refused = rowsOf(told([[0, request]]).texts).filter(({ event }) => event === 'error');

    expect(refused).toMatchObject([{ code }]);
    expect(refused[0]).not.toHaveProperty('arg');
  });

  it('closes a connection on which nothing is said, and takes no more requests than it allows', () => {
    const idle = told([], {}, 40_000);
    const { texts, venue } = told(
      [0, 0, 0].map(() => [0, ask('trades')] as const),
      { limits: { requestsPerHour: 2 } },
    );

    expect(idle.ended).toHaveLength(1);
    expect(rowsOf(texts).filter(({ event }) => event === 'error')).toMatchObject([{ code: '60014' }]);
    expect(venue.stats().violations).toHaveLength(1);
  });

  it('says ahead that a connection will be closed, and closes it', () => {
    const { texts, ended } = told([[0, ask('trades')]], {
      faults: [{ fault: 'serviceUpgrade', at: 1_000, count: 1, delay: 4_000 }],
    });
    const rows = rowsOf(texts);
    const notice = rows.findIndex(({ event }) => event === 'notice');

    expect(rows[notice]).toMatchObject({ code: '64008' });
    expect(rows.slice(notice + 1).some(({ data }) => data !== undefined)).toBe(true);
    expect(ended).toMatchObject([expect.stringContaining('service upgrade')]);
  });
});
