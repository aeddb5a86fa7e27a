import * as t from 'io-ts';
import { DecimalText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { list } from '../../codec/list.js';
import { levelRecords } from '../../codec/levelRecords.js';
import { pairOf } from '../../codec/pairOf.js';
import type { LevelScanner } from '../../codec/gapScanner.js';
import { inData } from '../../codec/placeOfLevels.js';
import { nestedSideScanner } from '../../codec/scanSides.js';
import { rowReader } from '../../codec/rowReader.js';
import { Id, Millis, Sequence, Text } from '../../codec/scalars.js';

/** Source of all: Hyperliquid's gitbook and captures of 2024 to 2026, read 2026-11-29; unknown keys are passed over. */

const Levels = levelRecords({ price: 'px', size: 'sz' });
/** Reads frames of books; `n` is how many orders a level has. */
export const bookScanner = (): LevelScanner =>
  nestedSideScanner('levels', inData, rowReader`{"px":"${'price'}","sz":"${'size'}","n":${'whole'}}`);

/** The best levels of a book, whole in each frame: bids, then asks. */
export const BookFrame = frame('hyperliquid.l2Book', {
  coin: Text,
  time: Millis,
  levels: pairOf(Levels),
});
export type BookFrame = t.TypeOf<typeof BookFrame>;

const Level = frame('hyperliquid.level', { px: DecimalText, sz: DecimalText });
const LevelOrNone = t.union([Level, t.null, t.undefined]);
/** The best bid and ask. A missing one is `null`, or not there. */
export const QuoteFrame = frame('hyperliquid.bbo', { coin: Text, time: Millis, bbo: list(LevelOrNone) });
export type QuoteFrame = t.TypeOf<typeof QuoteFrame>;

const TradeRow = frame('hyperliquid.trade', {
  coin: Text,
  side: t.keyof({ A: null, B: null }), // the taker's: `B` bought
  px: DecimalText,
  sz: DecimalText,
  time: Millis,
  tid: Id,
});
export type TradeRow = t.TypeOf<typeof TradeRow>;
export const TradesFrame = list(TradeRow, 'hyperliquid.trades');

export const CandleFrame = frame('hyperliquid.candle', {
  t: Millis, //        open time
  T: Millis, //        close time
  s: Text,
  i: Text,
  o: DecimalText,
  h: DecimalText,
  l: DecimalText,
  c: DecimalText,
  v: DecimalText, //   base units
  n: Sequence, //      trades
});
export type CandleFrame = t.TypeOf<typeof CandleFrame>;

/** The middle of each coin. */
export const MidsFrame = frame('hyperliquid.allMids', { mids: t.record(t.string, DecimalText) });
