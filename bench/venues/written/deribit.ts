import { deribit } from '../../../lib/venues/deribit/index.js';
import type { VenueStream } from '../stream.js';
import {
  BEGINNING,
  LEVELS,
  type Pair,
  chance,
  changes,
  price,
  silentNetwork,
  size,
  texts,
  wholeSide,
} from './digits.js';

export function deribitStreams(): readonly VenueStream[] {
  const name = 'BTC-PERPETUAL';
  const frame = (channel: string, data: unknown) => ({
    jsonrpc: '2.0',
    method: 'subscription',
    params: { channel, data },
  });
  const numbered = (levels: readonly Pair[], kind: string) =>
    levels.map(([one, other]) => [kind, Number(one), Number(other)]);
  const book = (bids: readonly Pair[], asks: readonly Pair[], i: number, kind: string) => ({
    timestamp: BEGINNING + i,
    instrument_name: name,
    type: kind === 'new' ? 'snapshot' : 'change',
    change_id: i + 1,
    ...(i > 0 && { prev_change_id: i }),
    bids: numbered(bids, kind),
    asks: numbered(asks, kind),
  });
  const one = { venue: 'deribit', network: silentNetwork };
  return [
    {
      ...one,
      what: 'book',
      reason: 'digits of each level that are cut to the shortest; the fold and the way are a half',
      open: (means) => deribit(means).book(name),
      texts: texts(
        (i) => frame(`book.${name}.100ms`, book(changes(-1, i), changes(1, i + 7), i + 1, 'change')),
        frame(`book.${name}.100ms`, book(wholeSide(-1, LEVELS), wholeSide(1, LEVELS), 0, 'new')),
      ),
    },
    {
      ...one,
      what: 'trades',
      reason: 'the way and the codec cost as much as parsing it',
      open: (means) => deribit(means).trades(name),
      texts: texts((i) =>
        frame(`trades.${name}.100ms`, [
          {
            timestamp: BEGINNING + i,
            price: Number(price(i)),
            amount: 10 * (1 + chance(i, 99)),
            direction: i % 2 ? 'buy' : 'sell',
            instrument_name: name,
            trade_seq: i,
            trade_id: `${117_000_000 + i}`,
            index_price: 60_000.5,
            mark_price: 60_000.4,
            tick_direction: 2,
          },
        ]),
      ),
    },
    {
      ...one,
      what: 'quotes',
      open: (means) => deribit(means).quotes(name),
      texts: texts((i) =>
        frame(`quote.${name}`, {
          timestamp: BEGINNING + i,
          instrument_name: name,
          best_bid_price: 60_000 - chance(i, 9),
          best_bid_amount: 10 * (1 + chance(i, 99)),
          best_ask_price: 60_000.5 + chance(i, 9),
          best_ask_amount: 10 * (1 + chance(i + 1, 99)),
        }),
      ),
    },
    {
      ...one,
      what: 'candles',
      reason: '210 characters: five numbers are written as the shortest texts, and the way',
      open: (means) => deribit(means).candles(name, '1'),
      texts: texts((i) =>
        frame(`chart.trades.${name}.1`, {
          tick: BEGINNING + 60_000 * (i >> 4),
          open: Number(price(1)),
          high: 69_000.5,
          low: 59_000.5,
          close: Number(price(i)),
          volume: Number(size(i)),
          cost: chance(i, 99_999),
        }),
      ),
    },
  ];
}
