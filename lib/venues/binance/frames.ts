import * as t from 'io-ts';
import { DecimalText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { Levels } from '../../codec/levels.js';
import { Id, Millis, Sequence, SequenceOrNone, Text } from '../../codec/scalars.js';

/** Source of all: web-socket-streams.md (2026-07-21) and the USD-M pages; unknown keys are passed over. */

/** What every event of one symbol begins with. */
const event = { E: Millis, s: Text };
const trade = {
  ...event,
  p: DecimalText, //  price
  q: DecimalText, //  size
  T: Millis, //       when it happened
  m: t.boolean, //    whether the buyer was the maker
};
/** Open, high, low, close, volume in base units. */
const prices = { o: DecimalText, h: DecimalText, l: DecimalText, c: DecimalText, v: DecimalText };

/** What the depth events of both markets say. */
const depth = {
  e: t.literal('depthUpdate'),
  ...event, //      event time, symbol
  U: Sequence, //   first update in this frame
  u: Sequence, //   last update in this frame
  b: Levels, //     bids; size 0 removes
  a: Levels, //     asks; likewise
};
/** Changes of one spot book. */
export const SpotDepthUpdate = frame('binance.SpotDepthUpdate', depth);
export type SpotDepthUpdate = t.TypeOf<typeof SpotDepthUpdate>;

/** Changes of one USD-M book. */
export const UsdmDepthUpdate = frame('binance.UsdmDepthUpdate', {
  ...depth,
  T: Millis, //     time of the matching engine
  pu: Sequence, //  `u` of the frame before on this stream
});
export type UsdmDepthUpdate = t.TypeOf<typeof UsdmDepthUpdate>;

/**
 * A whole book: what the REST side answers, and spot's partial books. Names no symbol. An id of -1 stands for a new listing
 * without a book.
 */
export const WholeDepth = frame(
  'binance.WholeDepth',
  { lastUpdateId: SequenceOrNone, bids: Levels, asks: Levels },
  { T: Millis }, // USD-M only
);
export type WholeDepth = t.TypeOf<typeof WholeDepth>;

export const TradeEvent = frame(
  'binance.TradeEvent',
  { e: t.literal('trade'), t: Id, ...trade },
  // USD-M: `MARKET`, or `INSURANCE_FUND`, `ADL`, `NA` for what did not trade on the book.
  { X: Text },
);
export type TradeEvent = t.TypeOf<typeof TradeEvent>;

export const AggregateTradeEvent = frame('binance.AggregateTradeEvent', { e: t.literal('aggTrade'), a: Id, ...trade });
export type AggregateTradeEvent = t.TypeOf<typeof AggregateTradeEvent>;

/** Best bid and ask. Spot names no time. */
export const BookTicker = frame(
  'binance.BookTicker',
  {
    u: Sequence,
    s: Text,
    b: DecimalText, //  best bid
    B: DecimalText, //  its size
    a: DecimalText, //  best ask
    A: DecimalText, //  its size
  },
  { T: Millis }, //     USD-M only
);
export type BookTicker = t.TypeOf<typeof BookTicker>;

const Kline = frame('binance.Kline', {
  t: Millis, //       open time
  T: Millis, //       close time
  i: Text, //         interval
  ...prices,
  n: t.Int, //        number of trades
  x: t.boolean, //    whether it is closed
});
export const KlineEvent = frame('binance.KlineEvent', { e: t.literal('kline'), ...event, k: Kline });
export type KlineEvent = t.TypeOf<typeof KlineEvent>;

export const TickerEvent = frame('binance.TickerEvent', {
  e: t.literal('24hrTicker'),
  ...event,
  ...prices,
  q: DecimalText, //  volume in quote units
});
export type TickerEvent = t.TypeOf<typeof TickerEvent>;

/** What the REST side answers to what it refuses. */
export const RestError = frame('binance.RestError', { code: t.Int, msg: Text });
