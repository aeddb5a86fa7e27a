import * as t from 'io-ts';
import { DecimalText } from '../../../codec/decimalText.js';
import { frame } from '../../../codec/frame.js';
import { list } from '../../../codec/list.js';
import { orRead } from '../../../codec/readFrame.js';
import { U64 } from '../../../codec/integers.js';
import { IsoTime } from '../../../codec/isoTime.js';
import { levelRecords } from '../../../codec/levelRecords.js';
import { LooseDecimal } from '../../../codec/looseDecimal.js';
import { Sequence, Text } from '../../../codec/scalars.js';
import type { LevelScanner } from '../../../codec/gapScanner.js';
import { inOnlyData } from '../../../codec/placeOfLevels.js';
import { type RecordKeys, recordScanner } from '../../../codec/scanRecords.js';

/**
 * Source of all: API reference v2 and captures of 2025 and 2026, read 2026-11-29; unknown keys are passed over. Numbers come
 * as texts of their digits, see the dialect.
 */

const Kind = t.keyof({ snapshot: null, update: null });

const levelKeys: RecordKeys = { price: 'price', size: 'qty' };
const LevelRecords = levelRecords(levelKeys);
/** Reads frames of one book. */
export const bookScanner = (): LevelScanner => recordScanner('bids', 'asks', levelKeys, inOnlyData);

const Book = frame(
  'kraken.bookOf',
  {
    symbol: Text,
    bids: LevelRecords, //    qty 0 removes; in the order of events
    asks: LevelRecords, //    likewise
    checksum: Sequence, //    of the book after it
  },
  { timestamp: IsoTime }, //  absent in snapshots until 2026
);
export type Book = t.TypeOf<typeof Book>;
export const BookFrame = frame('kraken.book', { type: Kind, data: list(Book) });

const TradeRow = frame('kraken.tradeOf', {
  symbol: Text,
  side: t.keyof({ buy: null, sell: null }), // the taker's
  price: LooseDecimal,
  qty: LooseDecimal,
  trade_id: U64,
  timestamp: IsoTime,
});
export type TradeRow = t.TypeOf<typeof TradeRow>;
/** A snapshot holds the last trades before the subscription. */
export const TradeFrame = orRead(frame('kraken.trade', { type: Kind, data: list(TradeRow) }));

const best = { symbol: Text, bid: LooseDecimal, bid_qty: LooseDecimal, ask: LooseDecimal, ask_qty: LooseDecimal };
const QuoteRow = frame('kraken.quoteOf', best, { timestamp: IsoTime });
export type QuoteRow = t.TypeOf<typeof QuoteRow>;
/** What quotes take of a ticker. */
export const QuoteFrame = orRead(frame('kraken.ticker', { data: list(QuoteRow) }));

const TickerRow = frame(
  'kraken.tickerOf',
  {
    ...best,
    last: LooseDecimal,
    volume: LooseDecimal, //  base units, of 24 hours; so are the others
    low: LooseDecimal,
    high: LooseDecimal,
    change: LooseDecimal, //  of the price, in quote units
  },
  { timestamp: IsoTime },
);
export type TickerRow = t.TypeOf<typeof TickerRow>;
/** A market that is dead shows zeros. */
export const TickerFrame = orRead(frame('kraken.ticker', { data: list(TickerRow) }));

const CandleRow = frame('kraken.ohlcOf', {
  symbol: Text,
  open: LooseDecimal,
  high: LooseDecimal,
  low: LooseDecimal,
  close: LooseDecimal,
  trades: Sequence,
  volume: LooseDecimal,
  interval_begin: IsoTime,
});
export type CandleRow = t.TypeOf<typeof CandleRow>;
/** A snapshot holds the last candles, the present one among them. */
export const CandleFrame = orRead(frame('kraken.ohlc', { type: Kind, data: list(CandleRow) }, { timestamp: IsoTime }));

/** What a text that spells no number but zero says: nothing. */
export const isZero = (decimal: string): boolean => DecimalText.is(decimal) && Number(decimal) === 0;
