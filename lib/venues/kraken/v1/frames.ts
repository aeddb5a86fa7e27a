import * as t from 'io-ts';
import { DecimalText } from '../../../codec/decimalText.js';
import { frame } from '../../../codec/frame.js';
import { list } from '../../../codec/list.js';
import { keyedRow } from '../../../codec/keyedRow.js';
import { Sequence } from '../../../codec/scalars.js';
import { Checksum, SecondsText, TimedLevels } from './scalars.js';

/**
 * Source of all: API reference v1 and captures of 2019 to 2021, read 2026-11-29; unknown keys, and what stands behind the
 * fields of a list, are passed over.
 */

export const SnapshotFrame = frame('kraken.bookSnapshot', {}, { as: TimedLevels, bs: TimedLevels });
export type SnapshotFrame = t.TypeOf<typeof SnapshotFrame>;

/** What changed, put together of the blocks of a frame. */
export const UpdateFrame = frame(
  'kraken.bookUpdate',
  { c: Checksum }, //              of the book after it; in the last block
  { a: TimedLevels, b: TimedLevels }, // volume 0 removes; in the order of events
);
export type UpdateFrame = t.TypeOf<typeof UpdateFrame>;

const TradeRow = keyedRow('kraken.tradeOf', {
  price: DecimalText,
  volume: DecimalText,
  time: SecondsText,
  side: t.keyof({ b: null, s: null }), // the taker's
});
export type TradeRow = t.TypeOf<typeof TradeRow>;
export const TradeFrame = frame('kraken.trade', { trades: list(TradeRow) });

export const SpreadFrame = frame('kraken.spread', {
  spread: keyedRow('kraken.spreadOf', {
    bid: DecimalText,
    ask: DecimalText,
    time: SecondsText,
    bidVolume: DecimalText,
    askVolume: DecimalText,
  }),
});
export type SpreadFrame = t.TypeOf<typeof SpreadFrame>;

export const CandleFrame = frame('kraken.ohlc', {
  candle: keyedRow('kraken.ohlcOf', {
    time: SecondsText, //    of the last change
    etime: SecondsText, //   the end of its interval
    open: DecimalText,
    high: DecimalText,
    low: DecimalText,
    close: DecimalText,
    vwap: DecimalText,
    volume: DecimalText,
    count: Sequence,
  }),
});
export type CandleFrame = t.TypeOf<typeof CandleFrame>;

/** Of today, and of the last 24 hours. */
const Both = keyedRow('Both', { today: DecimalText, day: DecimalText });
const Last = keyedRow('Last', { price: DecimalText });

export const TickerFrame = frame('kraken.ticker', {
  ticker: frame('kraken.tickerOf', {
    c: Last,
    v: Both, //   volume
    l: Both,
    h: Both,
    o: Both,
  }),
});
export type TickerFrame = t.TypeOf<typeof TickerFrame>;
