import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { levelOf } from '../../book/level.js';
import { DecimalText } from '../../codec/decimalText.js';
import { type Fields, frame } from '../../codec/frame.js';
import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { numbersOf } from '../../codec/numbersOf.js';
import { reader } from '../../codec/read.js';
import { leaf, Millis, Text } from '../../codec/scalars.js';
import type { Candle } from '../../model/candle.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { Trade } from '../../model/trade.js';

/** How the values of a kind go over the bus: exact texts, and numbers where there is no text. */
export interface ValueWire<T> {
  readonly write: (value: T) => object;
  readonly read: (payload: unknown, at: number) => Either<t.Errors, T>;
}

const Whole = leaf<number>('Whole', (u): u is number => Number.isSafeInteger(u));
const More = leaf<JsonObject>('More', isJsonObject);
const Pair = t.tuple([DecimalText, DecimalText], 'Level');

/** Whatever a venue tells beyond the words of the library: as it is. */
function moreOf(value: object, known: readonly string[]): object | undefined {
  const more = Object.entries(value).filter(([key, one]) => !known.includes(key) && one !== undefined);
  return more.length === 0 ? undefined : Object.fromEntries(more);
}

/** A message with a value in it. */
const valued = <F extends Fields, P extends Fields>(name: string, fields: F, optional: P) =>
  frame(name, { v: frame(`${name}.value`, fields, optional) });

const TradeMessage = valued(
  'relay.trade',
  { i: Text, d: Text, p: DecimalText, s: DecimalText, x: t.keyof({ buy: null, sell: null }), T: Millis },
  { m: More },
);
const tradeKeys = ['instrument', 'id', 'price', 'size', 'exact', 'side', 'venueTime', 'receivedTime'];

export const tradeWire: ValueWire<Trade> = {
  write: (trade) => ({
    i: trade.instrument,
    d: trade.id,
    p: trade.exact.price,
    s: trade.exact.size,
    x: trade.side,
    T: trade.venueTime,
    m: moreOf(trade, tradeKeys),
  }),
  read: reader(TradeMessage, ({ v: { i, d, p, s, x, T, m } }, at) => ({
    ...m,
    instrument: i,
    id: d,
    ...levelOf(p, s),
    side: x,
    venueTime: T,
    receivedTime: at,
  })),
};

const QuoteMessage = valued('relay.quote', { i: Text }, { b: Pair, a: Pair, u: Whole, T: Millis, m: More });
const quoteKeys = ['instrument', 'bid', 'ask', 'sequence', 'venueTime', 'receivedTime'];

export const quoteWire: ValueWire<Quote> = {
  write: (quote) => ({
    i: quote.instrument,
    b: quote.bid && [quote.bid.exact.price, quote.bid.exact.size],
    a: quote.ask && [quote.ask.exact.price, quote.ask.exact.size],
    u: quote.sequence,
    T: quote.venueTime,
    m: moreOf(quote, quoteKeys),
  }),
  read: reader(QuoteMessage, ({ v: { i, b, a, u, T, m } }, at) => ({
    ...m,
    instrument: i,
    bid: b && levelOf(...b),
    ask: a && levelOf(...a),
    sequence: u,
    venueTime: T,
    receivedTime: at,
  })),
};

const CandleMessage = valued(
  'relay.candle',
  {
    i: Text,
    k: Text, //            the interval
    f: Millis, //          open time
    z: Millis, //          close time
    x: t.tuple([DecimalText, DecimalText, DecimalText, DecimalText, DecimalText], 'Figures'),
    c: t.boolean, //       closed
  },
  { q: Whole, T: Millis, m: More },
);
const candleKeys = [
  ...['instrument', 'interval', 'openTime', 'closeTime', 'open', 'high', 'low', 'close', 'volume'],
  ...['exact', 'trades', 'closed', 'venueTime', 'receivedTime'],
];

export const candleWire: ValueWire<Candle> = {
  write: (candle) => {
    const { open, high, low, close, volume } = candle.exact;
    return {
      i: candle.instrument,
      k: candle.interval,
      f: candle.openTime,
      z: candle.closeTime,
      x: [open, high, low, close, volume],
      c: candle.closed,
      q: candle.trades,
      T: candle.venueTime,
      m: moreOf(candle, candleKeys),
    };
  },
  read: reader(CandleMessage, ({ v: { i, k, f, z, x, c, q, T, m } }, at) => {
    const [open, high, low, close, volume] = x;
    const exact = { open, high, low, close, volume };
    const times = { openTime: f, closeTime: z, venueTime: T, receivedTime: at };
    return { ...m, instrument: i, interval: k, ...times, ...numbersOf(exact), exact, trades: q, closed: c };
  }),
};

const Figures = frame(
  'Figures',
  { open: DecimalText, high: DecimalText, low: DecimalText, last: DecimalText, volume: DecimalText },
  { quoteVolume: DecimalText },
);
const TickerMessage = valued('relay.ticker', { i: Text, x: Figures }, { T: Millis, m: More });
const tickerKeys = [
  ...['instrument', 'open', 'high', 'low', 'last', 'volume', 'quoteVolume'],
  ...['exact', 'venueTime', 'receivedTime'],
];

export const tickerWire: ValueWire<Ticker> = {
  write: (ticker) => ({
    i: ticker.instrument,
    x: ticker.exact,
    T: ticker.venueTime,
    m: moreOf(ticker, tickerKeys),
  }),
  read: reader(TickerMessage, ({ v: { i, x, T, m } }, at) => {
    const { open, high, low, last, volume, quoteVolume } = x;
    const numbers = numbersOf({ open, high, low, last, volume });
    const ticker = { ...m, instrument: i, ...numbers, exact: x, venueTime: T, receivedTime: at };
    return quoteVolume === undefined ? ticker : { ...ticker, quoteVolume: Number(quoteVolume) };
  }),
};
