import { bybit } from '../../../lib/venues/bybit/index.js';
import type { VenueStream } from '../stream.js';
import { BEGINNING, chance, changes, level, price, silentNetwork, size, texts, wholeSide } from './digits.js';

export function bybitStreams(): readonly VenueStream[] {
  const symbol = 'BTCUSDT';
  const frame = (topic: string, type: string, i: number, data: unknown) => ({
    topic,
    type,
    ts: BEGINNING + i,
    data,
    cts: BEGINNING + i,
  });
  const one = { venue: 'bybit', network: silentNetwork };
  const book = (b: unknown, a: unknown, i: number) => ({ s: symbol, b, a, u: i + 1, seq: 7_961_638_724 + i });
  return [
    {
      ...one,
      what: 'book',
      open: (means) => bybit({ ...means, category: 'spot' }).book(symbol, { depth: 200 }),
      texts: texts(
        (i) => frame(`orderbook.200.${symbol}`, 'delta', i, book(changes(-1, i, 200), changes(1, i + 7, 200), i + 1)),
        frame(`orderbook.200.${symbol}`, 'snapshot', 0, book(wholeSide(-1, 200), wholeSide(1, 200), 0)),
      ),
    },
    {
      ...one,
      what: 'trades',
      open: (means) => bybit({ ...means, category: 'spot' }).trades(symbol),
      texts: texts((i) =>
        frame(`publicTrade.${symbol}`, 'snapshot', i, [
          {
            T: BEGINNING + i,
            s: symbol,
            S: i % 2 ? 'Buy' : 'Sell',
            v: size(i),
            p: price(i),
            L: 'PlusTick',
            i: `20f43950-d8dd-5b31-9112-${String(i).padStart(12, '0')}`,
            BT: false,
          },
        ]),
      ),
    },
    {
      ...one,
      what: 'quotes',
      reason: 'quotes are the best of a book of one level, which is folded for them',
      open: (means) => bybit({ ...means, category: 'spot' }).quotes(symbol),
      texts: texts((i) =>
        frame(
          `orderbook.1.${symbol}`,
          'snapshot',
          i,
          book([level(-1, chance(i, 9), i)], [level(1, chance(i, 9), i)], i),
        ),
      ),
    },
    {
      ...one,
      what: 'candles',
      open: (means) => bybit({ ...means, category: 'spot' }).candles(symbol, '5'),
      texts: texts((i) => {
        const start = BEGINNING + 300_000 * (i >> 4);
        return frame(`kline.5.${symbol}`, 'snapshot', i, [
          {
            start,
            end: start + 299_999,
            interval: '5',
            open: price(1),
            close: price(i),
            high: '69000.1',
            low: '59000.1',
            volume: size(i),
            turnover: size(i),
            confirm: false,
            timestamp: start + i,
          },
        ]);
      }),
    },
  ];
}
