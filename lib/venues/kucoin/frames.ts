import * as t from 'io-ts';
import { DecimalText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { list } from '../../codec/list.js';
import { U64 } from '../../codec/integers.js';
import { keyedRow } from '../../codec/keyedRow.js';
import { levelOf } from '../../codec/levelOf.js';
import { levelRows } from '../../codec/levelRows.js';
import { Levels } from '../../codec/levels.js';
import { LooseDecimal } from '../../codec/looseDecimal.js';
import { orNone } from '../../codec/orNone.js';
import type { LevelScanner } from '../../codec/gapScanner.js';
import { losslessJson } from '../../codec/losslessJson.js';
import { under } from '../../codec/placeOfLevels.js';
import { sideScanner } from '../../codec/scanSides.js';
import { rowReader } from '../../codec/rowReader.js';
import { Id, leaf, Millis, Sequence, Text } from '../../codec/scalars.js';

/** Source of all: docs of KuCoin's classic API and captures of 2021 to 2023, read 2026-11-29; unknown keys are passed over. */

const DIGITS = /^\d{1,15}$/;
/** A sequence as text: that of a row, or of a REST answer, which is -1 of a pair that was just listed. */
const SequenceText = leaf<string>('SequenceText', (u): u is string => typeof u === 'string' && DIGITS.test(u));
const SequenceOrMinusOne = leaf<string>(
  'SequenceText',
  (u): u is string => u === '-1' || (typeof u === 'string' && DIGITS.test(u)),
);

/** `[price, size, sequence]`; a price of 0 is no level, and a size of 0 removes one. */
const Row = t.tuple([DecimalText, DecimalText, SequenceText], '');
type Row = t.TypeOf<typeof Row>;

/** Rows of one frame have sequences of their own, and count in their order. */
const Rows = levelRows(
  'Array<>',
  Row,
  ([price, size]) => levelOf(price, size),
  ({ exact }): Row => [exact.price, exact.size, '0'],
  inOrder,
);

function inOrder(rows: readonly Row[]): readonly Row[] {
  const isInOrder = rows.every(([, , sequence], i) => i === 0 || Number(rows[i - 1]?.[2]) <= Number(sequence));
  return isInOrder ? rows : [...rows].sort(([, , a], [, , b]) => Number(a) - Number(b));
}

/** Reads frames of changes. The rows of each side are in order there. */
export const bookScanner = (): LevelScanner =>
  sideScanner(
    ['asks', 'bids'],
    under('data', under('changes')),
    rowReader`["${'price'}","${'size'}","${'sequence'}"]`,
    losslessJson,
  );

export const BookFrame = frame('kucoin.level2', {
  data: frame(
    'kucoin.changes',
    {
      symbol: Text,
      sequenceStart: Sequence,
      sequenceEnd: Sequence,
      changes: frame('kucoin.sides', { asks: Rows, bids: Rows }),
    },
    { time: Millis }, // since 2022
  ),
});
export type BookFrame = t.TypeOf<typeof BookFrame>;

/** The best levels, whole in each frame. */
export const WholeBookFrame = frame('kucoin.level2Depth', {
  data: frame('kucoin.wholeBook', { asks: Levels, bids: Levels }, { timestamp: Millis }),
});
export type WholeBookFrame = t.TypeOf<typeof WholeBookFrame>;

/** An answer to a request for a book. */
export const BookAnswer = frame('kucoin.book', {
  data: frame(
    'kucoin.snapshot',
    { sequence: SequenceOrMinusOne },
    { time: Millis, bids: orNone(Levels), asks: orNone(Levels) },
  ),
});

export const TradeFrame = frame('kucoin.match', {
  data: frame('kucoin.trade', {
    symbol: Text,
    side: t.keyof({ buy: null, sell: null }), // the taker's
    price: DecimalText,
    size: DecimalText,
    tradeId: Id,
    time: U64, // ns
  }),
});
export type TradeFrame = t.TypeOf<typeof TradeFrame>;

const Figure = orNone(LooseDecimal);

/** The last trade and the best levels. */
export const TickerFrame = frame('kucoin.ticker', {
  data: frame(
    'kucoin.best',
    { time: Millis },
    { price: Figure, size: Figure, bestBid: Figure, bestBidSize: Figure, bestAsk: Figure, bestAskSize: Figure },
  ),
});
export type TickerFrame = t.TypeOf<typeof TickerFrame>;

const CandleRow = keyedRow('kucoin.row', {
  start: SequenceText, // open time in s
  open: DecimalText,
  close: DecimalText,
  high: DecimalText,
  low: DecimalText,
  volume: DecimalText, // base units
});
export const CandleFrame = frame('kucoin.candles', {
  data: frame('kucoin.candle', { symbol: Text, candles: CandleRow }),
});
export type CandleFrame = t.TypeOf<typeof CandleFrame>;

/** What opens a connection, and how it is kept. */
export const BulletAnswer = frame('kucoin.bullet', {
  data: frame('kucoin.servers', {
    token: Text,
    instanceServers: list(frame('kucoin.server', { endpoint: Text }, { pingInterval: Millis })),
  }),
});
