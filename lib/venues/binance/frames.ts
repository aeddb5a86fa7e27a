import * as t from 'io-ts';
import { DecimalText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { Levels } from '../../codec/levels.js';
import { Id, Millis, Sequence, SequenceOrNone, Text } from '../../codec/scalars.js';

/** Source of all: web-socket-streams.md (2026-07-21) and the USD-M pages; unknown keys are passed over. */

/** Changes of one spot book. */
export const SpotDepthUpdate = frame('binance.SpotDepthUpdate', {
  e: t.literal('depthUpdate'),
  E: Millis, //     event time
  s: Text, //       symbol
  U: Sequence, //   first update in this frame
  u: Sequence, //   last update in this frame
  b: Levels, //     bids; size 0 removes
  a: Levels, //     asks; likewise
});
export type SpotDepthUpdate = t.TypeOf<typeof SpotDepthUpdate>;

/** Changes of one USD-M book. */
export const UsdmDepthUpdate = frame('binance.UsdmDepthUpdate', {
  e: t.literal('depthUpdate'),
  E: Millis,
  T: Millis, //     time of the matching engine
  s: Text,
  U: Sequence,
  u: Sequence,
  pu: Sequence, //  `u` of the frame before on this stream
  b: Levels,
  a: Levels,
});
export type UsdmDepthUpdate = t.TypeOf<typeof UsdmDepthUpdate>;

/** The best levels of a spot book, whole each time. Names neither symbol nor time. */
export const SpotPartialDepth = frame('binance.SpotPartialDepth', {
  lastUpdateId: Sequence,
  bids: Levels,
  asks: Levels,
});
export type SpotPartialDepth = t.TypeOf<typeof SpotPartialDepth>;

/** What the REST side answers. An id of -1 stands for a new listing without a book. */
export const DepthAnswer = frame(
  'binance.DepthAnswer',
  { lastUpdateId: SequenceOrNone, bids: Levels, asks: Levels },
  { T: Millis }, // USD-M only
);
export type DepthAnswer = t.TypeOf<typeof DepthAnswer>;

export const TradeEvent = frame(
  'binance.TradeEvent',
  {
    e: t.literal('trade'),
    E: Millis,
    s: Text,
    t: Id,
    p: DecimalText,
    q: DecimalText,
    T: Millis, //     when it happened
    m: t.boolean, //  whether the buyer was the maker
  },
  // USD-M: `MARKET`, or `INSURANCE_FUND`, `ADL`, `NA` for what did not trade on the book.
  { X: Text },
);
export type TradeEvent = t.TypeOf<typeof TradeEvent>;

export const AggregateTradeEvent = frame('binance.AggregateTradeEvent', {
  e: t.literal('aggTrade'),
  E: Millis,
  s: Text,
  a: Id,
  p: DecimalText,
  q: DecimalText,
  T: Millis,
  m: t.boolean,
});
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
  o: DecimalText,
  c: DecimalText,
  h: DecimalText,
  l: DecimalText,
  v: DecimalText, //  volume in base units
  n: t.Int, //        number of trades
  x: t.boolean, //    whether it is closed
});
export const KlineEvent = frame('binance.KlineEvent', { e: t.literal('kline'), E: Millis, s: Text, k: Kline });
export type KlineEvent = t.TypeOf<typeof KlineEvent>;

export const TickerEvent = frame('binance.TickerEvent', {
  e: t.literal('24hrTicker'),
  E: Millis,
  s: Text,
  o: DecimalText,
  h: DecimalText,
  l: DecimalText,
  c: DecimalText,
  v: DecimalText,
  q: DecimalText, //  volume in quote units
});
export type TickerEvent = t.TypeOf<typeof TickerEvent>;

/** What the REST side answers to what it refuses. */
export const RestError = frame('binance.RestError', { code: t.Int, msg: Text });
