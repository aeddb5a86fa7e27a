import * as t from 'io-ts';
import { DecimalText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { list } from '../../codec/list.js';
import { keyedRow } from '../../codec/keyedRow.js';
import { Levels } from '../../codec/levels.js';
import { orRead } from '../../codec/readFrame.js';
import { Id, leaf, Sequence, SequenceOrNone, Text } from '../../codec/scalars.js';
import { MillisText } from './scalars.js';

/** Source of all: docs-v5 of OKX, read 2026-11-29, and captures of 2021 to 2026; unknown keys are passed over. */

/** A level is `[price, size, "0", number of orders]`; the size is in contracts where there are any. */
const sides = { asks: Levels, bids: Levels, ts: MillisText };

const Whole = leaf<number>('Whole', (u): u is number => Number.isSafeInteger(u));

const Book = frame('okx.book', sides, {
  seqId: Sequence, //             the number of this message; absent until 2022
  prevSeqId: SequenceOrNone, //   the one it goes on from; -1, or absent, in a snapshot
  checksum: Whole, //             of the book after it; a constant 0 on the live feed since June 2026
});
export type Book = t.TypeOf<typeof Book>;

/** Without number and checksum a lost message would leave no trace: nothing would hold such a book to the venue's. */
const isHeld = ({ seqId, checksum = 0 }: Book): boolean => seqId !== undefined || checksum !== 0;

const HeldBook = new t.Type<Book, t.OutputOf<typeof Book>>(
  'okx.numberedOrChecked',
  (u): u is Book => Book.is(u) && isHeld(u),
  (u, c) => {
    const result = Book.validate(u, c);
    return result._tag === 'Left' || isHeld(result.right) ? result : t.failure(u, c);
  },
  Book.encode,
);

/** A snapshot of one book, or what changed in it. */
export const BookFrame = frame('okx.books', {
  action: t.keyof({ snapshot: null, update: null }),
  data: list(HeldBook),
});

/** The best levels of one book, whole in each frame. */
export const WholeBookFrame = orRead(
  frame('okx.books5', { data: list(frame('okx.wholeBook', sides, { seqId: Sequence })) }),
);

const TradeRow = frame('okx.trade', {
  instId: Text,
  tradeId: Id, //                 of the last fill, where it stands for several
  px: DecimalText,
  sz: DecimalText,
  side: t.keyof({ buy: null, sell: null }), // the taker's
  ts: MillisText,
});
export type TradeRow = t.TypeOf<typeof TradeRow>;
export const TradeFrame = orRead(frame('okx.trades', { data: list(TradeRow) }));

/** A decimal; empty where there was no trade yet. */
const DecimalOrNone = leaf<string>('DecimalOrNone', (u): u is string => u === '' || DecimalText.is(u));

const TickerRow = frame('okx.ticker', {
  instType: Text,
  instId: Text,
  last: DecimalOrNone,
  open24h: DecimalOrNone,
  high24h: DecimalOrNone,
  low24h: DecimalOrNone,
  vol24h: DecimalOrNone, //       spot: base units; else contracts
  volCcy24h: DecimalOrNone, //    spot: quote units; else base units
  ts: MillisText,
});
export type TickerRow = t.TypeOf<typeof TickerRow>;
export const TickerFrame = frame('okx.tickers', { data: list(TickerRow) });

/** A candle, which comes as a list of its fields. */
export const CandleRow = keyedRow('okx.candle', {
  ts: MillisText, //              open time
  o: DecimalText,
  h: DecimalText,
  l: DecimalText,
  c: DecimalText,
  vol: DecimalText, //            as in a ticker
  volCcy: DecimalText, //         likewise
  volCcyQuote: DecimalText, //    in quote units
  confirm: t.keyof({ '0': null, '1': null }), // whether it is closed
});
export type CandleRow = t.TypeOf<typeof CandleRow>;
export const CandleFrame = orRead(frame('okx.candles', { data: list(CandleRow) }));
