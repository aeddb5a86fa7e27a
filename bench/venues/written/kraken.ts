import { kraken } from '../../../lib/venues/kraken/index.js';
import type { VenueStream } from '../stream.js';
import { BEGINNING, chance, price, silentNetwork, size, texts } from './digits.js';

export function krakenStreams(): readonly VenueStream[] {
  const symbol = 'BTC/USD';
  const timestamp = new Date(BEGINNING).toISOString();
  const frame = (channel: string, type: string, entry: unknown) => ({ channel, type, data: [entry] });
  const one = { venue: 'kraken', network: silentNetwork };
  // Its numbers are taken digit for digit, which is more than `JSON.parse` does.
  const exact = { ...one, reason: 'its numbers are kept as they are written' };
  return [
    {
      ...exact,
      what: 'trades',
      open: (means) => kraken(means).trades(symbol),
      texts: texts((i) =>
        frame('trade', 'update', {
          symbol,
          side: i % 2 ? 'buy' : 'sell',
          price: Number(price(i)),
          qty: Number(size(i)),
          ord_type: 'limit',
          trade_id: 4_665_906 + i,
          timestamp,
        }),
      ),
    },
    {
      ...exact,
      what: 'quotes',
      open: (means) => kraken(means).quotes(symbol),
      texts: texts((i) =>
        frame('ticker', 'update', {
          symbol,
          bid: 60_000 - chance(i, 9),
          bid_qty: Number(size(i)),
          ask: 60_001 + chance(i, 9),
          ask_qty: Number(size(i + 1)),
          last: Number(price(i)),
          volume: 2_000.5,
          vwap: 60_000.5,
          low: 59_000.5,
          high: 69_000.5,
          change: 10.5,
          change_pct: 0.02,
        }),
      ),
    },
    {
      ...exact,
      what: 'candles',
      open: (means) => kraken(means).candles(symbol, '5'),
      texts: texts((i) =>
        frame('ohlc', 'update', {
          symbol,
          open: Number(price(1)),
          high: 69_000.5,
          low: 59_000.5,
          close: Number(price(i)),
          trades: i,
          volume: Number(size(i)),
          vwap: 60_000.5,
          interval_begin: timestamp,
          interval: 5,
          timestamp,
        }),
      ),
    },
  ];
}
