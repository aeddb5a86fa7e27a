import * as t from 'io-ts';
import { DecimalText } from '../../codec/decimalText.js';
import { type Fields, frame } from '../../codec/frame.js';
import { Levels } from '../../codec/levels.js';
import { Id, Millis, Sequence, SequenceOrNone, Text } from '../../codec/scalars.js';

/** Source of all: web-socket-streams.md (2026-07-21) and the USD-M pages; unknown keys are passed over. */

/** An event of one symbol, by the venue's word for its kind: when it was sent, the symbol, and what else there is. */
const event = <K extends string, F extends Fields>(kind: K, fields: F) =>
  frame(`binance.${kind}`, { e: t.literal(kind), E: Millis, s: Text, ...fields });

const trade = {
  p: DecimalText, //  price
  q: DecimalText, //  size
  T: Millis, //       when it happened
  m: t.boolean, //    whether the buyer was the maker
};
/** Open, high, low, close, volume in base units. */
const prices = { o: DecimalText, h: DecimalText, l: DecimalText, c: DecimalText, v: DecimalText };

const depth = {
  U: Sequence, //   first update in this frame
  u: Sequence, //   last update in this frame
  b: Levels, //     bids; size 0 removes
  a: Levels, //     asks; likewise
};
/** Changes of one spot book. */
export const SpotDepthUpdate = event('depthUpdate', depth);
export type SpotDepthUpdate = t.TypeOf<typeof SpotDepthUpdate>;

/** Changes of one USD-M book. */
export const UsdmDepthUpdate = event('depthUpdate', {
  ...depth,
  T: Millis, //     time of the matching engine
  pu: SequenceOrNone, // `u` of the frame before on this stream
});
export type UsdmDepthUpdate = t.TypeOf<typeof UsdmDepthUpdate>;

/** A whole book, as the REST side answers. Names no symbol. An id of -1 stands for a new listing without a book. */
export const WholeDepth = frame(
  'binance.depth',
  { lastUpdateId: SequenceOrNone, bids: Levels, asks: Levels },
  { T: Millis }, // USD-M only
);

export const TradeEvent = event('trade', {
  t: Id,
  ...trade,
  // USD-M only, what kind of trade: `MARKET`, `RPI`; `INSURANCE_FUND`, `ADL`, `NA` for what is none.
  X: t.union([Text, t.undefined]),
});
export type TradeEvent = t.TypeOf<typeof TradeEvent>;

export const AggregateTradeEvent = event('aggTrade', { a: Id, ...trade });
export type AggregateTradeEvent = t.TypeOf<typeof AggregateTradeEvent>;

/** Best bid and ask. Spot names no time. */
export const BookTicker = frame(
  'binance.bookTicker',
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

export const KlineEvent = event('kline', {
  k: frame('binance.kline', {
    t: Millis, //       open time
    T: Millis, //       close time
    i: Text, //         interval
    ...prices,
    q: DecimalText, //  volume in quote units; of COIN-M in base units, where the other is in contracts
    n: t.Int, //        number of trades
    x: t.boolean, //    whether it is closed
  }),
});

export const TickerEvent = event('24hrTicker', {
  ...prices,
  q: DecimalText, //  volume in quote units; of COIN-M in base units, as in a candle
});
