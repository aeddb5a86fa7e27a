import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { frame } from '../../codec/frame.js';
import { isJsonObject } from '../../codec/jsonObject.js';
import { Levels } from '../../codec/levels.js';
import { reader } from '../../codec/read.js';
import { leaf, Millis, Text } from '../../codec/scalars.js';
import { pairsOf } from '../../codec/scanSides.js';
import type { DepthDiff, DepthEvent, ResetReason } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { StaleReason } from '../../model/bookState.js';

/** A number of the venue's, whichever way it counts. */
const Whole = leaf<number>('Whole', (u): u is number => Number.isSafeInteger(u));

/** How many levels the gateway's book has on either side after it: `25,31`. */
const Sizes = leaf<string>('Sizes', (u): u is string => typeof u === 'string' && /^\d+,\d+$/.test(u));

const sides = { i: Text, b: Levels, a: Levels };

export const BookMessage = frame('relay.book', sides, {
  u: Whole, //   the venue's sequence
  T: Millis, //  the venue's time
  l: Sizes,
});
export const DiffMessage = frame('relay.diff', sides, {
  U: Whole, //   the venue's first, last and previous sequence
  u: Whole,
  p: Whole,
  T: Millis,
  l: Sizes,
});
const reasons: Readonly<Record<ResetReason, null>> = {
  connected: null,
  disconnected: null,
  gap: null,
  checksum: null,
  crossed: null,
  resync: null,
};
export const ResetMessage = frame('relay.reset', { i: Text, y: t.keyof(reasons) });

/** What is said of a book, less what every message begins with. */
export type DepthMessage =
  | ({ readonly t: 's' } & t.OutputOf<typeof BookMessage>)
  | ({ readonly t: 'd' } & t.OutputOf<typeof DiffMessage>)
  | ({ readonly t: 'r' } & t.OutputOf<typeof ResetMessage>);

const sizesOf = ({ bids, asks }: OrderBook): string => `${bids.length},${asks.length}`;

/** A whole book. */
export const bookMessage = (book: OrderBook): DepthMessage => ({
  t: 's',
  i: book.instrument,
  b: pairsOf(book.bids.slice()),
  a: pairsOf(book.asks.slice()),
  u: book.sequence,
  T: book.venueTime,
  l: sizesOf(book),
});

/** A diff, and how many levels `book` has after it. */
export const diffMessage = (diff: DepthDiff, book: OrderBook): DepthMessage => ({
  t: 'd',
  i: diff.instrument,
  b: pairsOf(diff.bids),
  a: pairsOf(diff.asks),
  U: diff.firstSequence,
  u: diff.lastSequence,
  p: diff.previousSequence,
  T: diff.venueTime,
  l: sizesOf(book),
});

/** That the book counts no more. A book that fell silent, or lags, is told as one whose source is away. */
export const resetMessage = (instrument: string, reason: ResetReason | StaleReason): DepthMessage => ({
  t: 'r',
  i: instrument,
  y: reason === 'silent' || reason === 'lagging' ? 'disconnected' : reason,
});

const readBook = reader(BookMessage, ({ i, b, a, u, T, l }, at): DepthEvent => ({
  type: 'snapshot',
  instrument: i,
  sequence: u,
  bids: b,
  asks: a,
  venueTime: T,
  receivedTime: at,
  checksum: l,
}));
const readDiff = reader(DiffMessage, ({ i, b, a, U, u, p, T, l }, at): DepthEvent => ({
  type: 'diff',
  instrument: i,
  firstSequence: U,
  lastSequence: u,
  previousSequence: p,
  bids: b,
  asks: a,
  venueTime: T,
  receivedTime: at,
  checksum: l,
}));
const readReset = reader(ResetMessage, ({ i, y }, at): DepthEvent => ({
  type: 'reset',
  instrument: i,
  reason: y,
  receivedTime: at,
}));

/** Reads what is said of a book. */
export function readDepth(message: unknown, at: number): Either<t.Errors, DepthEvent> {
  const type = isJsonObject(message) ? message['t'] : undefined;
  if (type === 'd') return readDiff(message, at);
  return type === 'r' ? readReset(message, at) : readBook(message, at);
}
