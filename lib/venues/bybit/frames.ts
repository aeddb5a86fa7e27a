import * as t from 'io-ts';
import { DecimalText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { list } from '../../codec/list.js';
import { Levels } from '../../codec/levels.js';
import { orUnread } from '../../codec/sparing.js';
import { Id, Millis, Sequence, Text } from '../../codec/scalars.js';

/** Source of all: docs v5 of Bybit and captures of 2023 and 2026, read 2026-11-29; unknown keys are passed over. */

const Kind = t.keyof({ snapshot: null, delta: null });

/** A snapshot of one book, or what changed in it. */
export const BookFrame = frame(
  'bybit.orderbook',
  {
    type: Kind,
    ts: Millis, //        when it was sent
    data: frame('bybit.book', {
      s: Text,
      b: Levels, //       bids; size 0 removes
      a: Levels, //       asks; likewise
      u: Sequence, //     of this topic, one after the other; 1 after a restart of the service
    }),
  },
  { cts: Millis }, //     of the matching engine
);
export type BookFrame = t.TypeOf<typeof BookFrame>;

const TradeRow = frame('bybit.trade', {
  T: Millis,
  s: Text,
  S: t.keyof({ Buy: null, Sell: null }), // the taker's
  v: DecimalText, //      size
  p: DecimalText,
  i: Id,
});
export type TradeRow = t.TypeOf<typeof TradeRow>;
export const TradeFrame = frame('bybit.publicTrade', { data: list(TradeRow) });

/** Statistics of a day. A delta holds what changed only; what can't be read is unknown until it is told again. */
export const TickerFrame = frame('bybit.tickers', {
  type: Kind,
  ts: Millis,
  data: frame(
    'bybit.ticker',
    { symbol: Text },
    {
      prevPrice24h: orUnread(DecimalText),
      highPrice24h: orUnread(DecimalText),
      lowPrice24h: orUnread(DecimalText),
      lastPrice: orUnread(DecimalText),
      volume24h: orUnread(DecimalText), //    base units; of inverse contracts quote units
      turnover24h: orUnread(DecimalText), //  the other way round
    },
  ),
});
export type TickerFrame = t.TypeOf<typeof TickerFrame>;

const CandleRow = frame('bybit.candle', {
  start: Millis,
  end: Millis, //         its last ms
  interval: Text,
  open: DecimalText,
  high: DecimalText,
  low: DecimalText,
  close: DecimalText,
  volume: DecimalText, // as in a ticker
  turnover: DecimalText,
  confirm: t.boolean, //  whether it is closed
  timestamp: Millis, //   of the last trade in it
});
export type CandleRow = t.TypeOf<typeof CandleRow>;
export const CandleFrame = frame('bybit.kline', { data: list(CandleRow) });
