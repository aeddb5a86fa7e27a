import * as t from 'io-ts';
import { frame } from '../../codec/frame.js';
import { list } from '../../codec/list.js';
import { JsonNumber, JsonSize, levelOfNumbers } from '../../codec/jsonNumbers.js';
import { levelRows } from '../../codec/levelRows.js';
import { LooseDecimal } from '../../codec/looseDecimal.js';
import { ShapedFrames } from '../../codec/shapedFrames.js';
import { orRead } from '../../codec/readFrame.js';
import { orNone } from '../../codec/orNone.js';
import { Id, Millis, Sequence, Text } from '../../codec/scalars.js';

/** Source of all: docs.deribit.com (API v2) and captures of 2019 to 2026, read 2026-11-29; unknown keys are passed over. */

/** `["new", price, amount]`; the amount is the new one, and that of a delete 0. */
const Changes = levelRows(
  'Changes',
  t.tuple([t.keyof({ new: null, change: null, delete: null }), JsonNumber, JsonSize], ''),
  ([action, price, amount]) => levelOfNumbers(price, action === 'delete' ? 0 : amount),
  ({ price, size }): ['change' | 'delete', number, number] => [size === 0 ? 'delete' : 'change', price, size],
);

/** A book, or what changed in it. Amounts of inverse contracts are in USD, of all others in base units. */
export const BookFrame = frame(
  'deribit.book',
  {
    timestamp: Millis,
    instrument_name: Text,
    change_id: Sequence, //         of many instruments together
    bids: Changes,
    asks: Changes,
  },
  {
    type: Text, //                  `snapshot` or `change`; frames of 2019 have none
    prev_change_id: orNone(Sequence), // the one it goes on from; absent, null or 0 where it goes on from nothing
  },
);
export type BookFrame = t.TypeOf<typeof BookFrame>;

/** `[price, amount]` */
const Pairs = levelRows(
  'Pairs',
  t.tuple([JsonNumber, JsonSize], ''),
  ([price, amount]) => levelOfNumbers(price, amount),
  ({ price, size }): [number, number] => [price, size],
);

/** The best levels of a book, put together by price or not, whole in each frame. */
export const WholeBookFrame = frame('deribit.wholeBook', {
  timestamp: Millis,
  instrument_name: Text,
  change_id: Sequence,
  bids: Pairs,
  asks: Pairs,
});

const TradeRow = frame(
  'deribit.trade',
  {
    trade_id: Id,
    timestamp: Millis,
    instrument_name: Text,
    price: LooseDecimal,
    amount: LooseDecimal,
    direction: t.keyof({ buy: null, sell: null }), // the taker's
  },
  { trade_seq: Sequence }, // one more with each trade of the instrument
);
export type TradeRow = t.TypeOf<typeof TradeRow>;
export const TradesFrame = list(TradeRow, 'deribit.trades');

/** The best prices. An empty side has price and amount 0. */
const best = {
  best_bid_price: orNone(JsonNumber),
  best_bid_amount: orNone(JsonSize),
  best_ask_price: orNone(JsonNumber),
  best_ask_amount: orNone(JsonSize),
};
export const QuoteFrame = frame('deribit.quote', { timestamp: Millis, instrument_name: Text }, best);
export type QuoteFrame = t.TypeOf<typeof QuoteFrame>;

const Figure = orNone(LooseDecimal);

/** What is known of an instrument; `null` until it is. */
export const TickerFrame = frame(
  'deribit.ticker',
  {
    timestamp: Millis,
    instrument_name: Text,
    stats: frame('deribit.stats', {}, { high: Figure, low: Figure, volume: Figure, price_change: Figure }),
  },
  {
    ...best,
    last_price: Figure,
    mark_price: Figure,
    index_price: Figure,
    open_interest: Figure,
    current_funding: Figure,
    funding_8h: Figure,
    mark_iv: Figure,
    bid_iv: Figure,
    ask_iv: Figure,
    underlying_price: Figure,
    greeks: orNone(
      frame('deribit.greeks', {
        delta: JsonNumber,
        gamma: JsonNumber,
        vega: JsonNumber,
        theta: JsonNumber,
        rho: JsonNumber,
      }),
    ),
  },
);
export type TickerFrame = t.TypeOf<typeof TickerFrame>;

export const CandleFrame = orRead(
  frame('deribit.chart', {
    tick: Millis, //          open time
    open: LooseDecimal,
    high: LooseDecimal,
    low: LooseDecimal,
    close: LooseDecimal,
    volume: LooseDecimal, //  base units
  }),
);
export type CandleFrame = t.TypeOf<typeof CandleFrame>;

/** Reads notifications of candles. */
export const candleFrames = (): ShapedFrames =>
  new ShapedFrames(frame('deribit.notification', { params: frame('deribit.params', { data: CandleFrame }) }));

/** What a sign-in is answered by. */
export const AuthAnswer = frame('deribit.auth', { access_token: Text, expires_in: Millis });
