import { crc32 } from 'node:zlib';
import { type SimulatedKrakenConfig, simulatedKraken } from '../../../lib/simulation/index.js';
import { type Words, heard, rowsOf } from '../heard.js';

const told = (words: Words, more: Partial<SimulatedKrakenConfig> = {}, within?: number) =>
  heard(
    (scheduler) => simulatedKraken({ seed: 1, instruments: ['BTCUSDT', 'ETHUSDT'], ...more, scheduler }),
    'wss://ws.kraken.com/v2',
    words,
    within,
  );
const ask = (params: object, method = 'subscribe', req_id = 7): object => ({ method, params, req_id });
const book = (symbol: readonly string[], depth = 10): object => ask({ channel: 'book', symbol, depth });
const strip = (digits: string): string => digits.replace('.', '').replace(/^0+/, '');

describe('a simulated Kraken', () => {
  it.each([10, 25])('sums the ten best of the depth that was asked for, digit by digit: %d', (depth) => {
    const sides = { bids: new Map<string, string>(), asks: new Map<string, string>() };
    const { texts } = told([[0, book(['BTC/USDT'], depth)]]);
    const sums = texts
      .filter((text) => text.startsWith('{"channel":"book"'))
      .map((text) => {
        for (const side of ['bids', 'asks'] as const) {
          const rows = new RegExp(`"${side}":\\[([^\\]]*)\\]`).exec(text)?.[1] ?? '';
          for (const [, price = '', qty = ''] of rows.matchAll(/"price":([\d.]+),"qty":([\d.]+)/g)) {
            if (Number(qty) === 0) sides[side].delete(price);
            else sides[side].set(price, qty);
          }
          const away = side === 'bids' ? -1 : 1;
          const best = [...sides[side]].sort(([a], [b]) => away * (Number(a) - Number(b))).slice(0, depth);
          sides[side] = new Map(best);
        }
        const best = [...[...sides.asks].slice(0, 10), ...[...sides.bids].slice(0, 10)];
        const digits = best.map(([price, qty]) => strip(price) + strip(qty)).join('');
        return [crc32(digits), Number(/"checksum":(\d+)/.exec(text)?.[1])];
      });

    expect(sums.length).toBeGreaterThan(20);
    expect(sums.map(([ours]) => ours)).toEqual(sums.map(([, theirs]) => theirs));
  });

  it('says its status first, answers each symbol of a request by itself, and beats once something is subscribed', () => {
    const { texts } = told([[0, book(['BTC/USDT', 'ETH/USDT'])]]);
    const rows = rowsOf(texts);

    expect(rows[0]).toMatchObject({ channel: 'status' });
    expect(rows.filter(({ method }) => method === 'subscribe')).toMatchObject(
      ['BTC/USDT', 'ETH/USDT'].map((symbol) => ({
        success: true,
        req_id: 7,
        result: { channel: 'book', symbol, depth: 10 },
      })),
    );
    expect(rowsOf(told([], {}, 5_000).texts).filter(({ channel }) => channel === 'heartbeat')).toEqual([]);
    const quiet = told([[0, ask({ channel: 'trade', symbol: ['QUIET/USDT'] })]], { instruments: ['QUIETUSDT'] });
    expect(rowsOf(quiet.texts).filter(({ channel }) => channel === 'heartbeat').length).toBeGreaterThan(3);
  });

  it.each<readonly [string, object, string]>([
    ['a pair that there is not', book(['FOO/BAR']), 'Currency pair not supported FOO/BAR'],
    ['a depth that there is not', book(['BTC/USDT'], 11), 'Subscription depth not supported'],
    ['a channel that there is not', ask({ channel: 'x', symbol: ['BTC/USDT'] }), 'Subscription name invalid'],
    ['symbols that are no list', ask({ channel: 'book', symbol: 'BTC/USDT' }), 'Malformed request'],
    ['an end of nothing', ask({ channel: 'book', symbol: ['BTC/USDT'] }, 'unsubscribe'), 'Subscription Not Found'],
  ])('refuses %s, in the words of the venue', (_, request, error) => {
    expect(rowsOf(told([[0, request]]).texts).filter(({ success }) => success === false)).toMatchObject([
      { error, req_id: 7 },
    ]);
  });

  it('has one book of a symbol on a connection, and takes no more messages than it allows', () => {
    const twice = rowsOf(
      told([
        [0, book(['BTC/USDT'])],
        [0, book(['BTC/USDT'], 25)],
      ]).texts,
    );
    const { texts, venue } = told(
      [0, 0, 0].map(() => [0, { method: 'ping' }] as const),
      { limits: { messagesPerSecond: 2 } },
    );

    expect(twice.filter(({ success }) => success === false)).toMatchObject([{ error: 'Already subscribed' }]);
    expect(rowsOf(texts).filter(({ error }) => error !== undefined)).toMatchObject([{ error: 'Exceeded msg rate' }]);
    expect(venue.stats().violations).toHaveLength(1);
  });

  it('goes into maintenance with a word', () => {
    const { texts, ended } = told([[0, book(['BTC/USDT'])]], {
      faults: [{ fault: 'maintenance', at: 1_000, count: 1 }],
    });

    expect(rowsOf(texts).at(-1)).toMatchObject({ channel: 'status', data: [{ system: 'maintenance' }] });
    expect(ended).toMatchObject([expect.stringContaining('maintenance')]);
  });
});
