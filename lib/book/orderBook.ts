import type { DepthDiff, DepthSnapshot } from '../model/depthEvent.js';
import type { OrderBook } from '../model/orderBook.js';
import { comparePrices } from './level.js';
import { sideOf } from './side.js';

/** What a fold of a book needs beside the book and the diff. */
export interface FoldOptions {
  /** Cut each side to this many levels after each fold. Default: no limit. */
  readonly depth?: number | undefined;
  /** Counted up by the fold. */
  readonly tally?: { deletesOfNothing: number } | undefined;
}

/**
 * The book of a snapshot. Its levels may stand in any order; where a price is told twice the last one counts, and a
 * level of size 0 is left out.
 */
export function bookFrom(snapshot: DepthSnapshot, { depth, tally }: FoldOptions = {}): OrderBook {
  const bids = sideOf(snapshot.bids, -1).fold([], depth, tally);
  const asks = sideOf(snapshot.asks, 1).fold([], depth, tally);
  const { instrument, sequence, venueTime, receivedTime } = snapshot;
  return { instrument, bids, asks, bestBid: bids.at(0), bestAsk: asks.at(0), sequence, venueTime, receivedTime };
}

/**
 * The book after a diff. `book` stays as it was, and the new one shares with it what the diff did not touch. Where the
 * diff tells no sequence or venue time, the book's own stand. Checks no continuity: that is a rule's part.
 *
 * @param book A book, or a snapshot as it came.
 */
export function applyDiff(
  book: OrderBook | DepthSnapshot,
  diff: DepthDiff,
  { depth, tally }: FoldOptions = {},
): OrderBook {
  const bids = sideOf(book.bids, -1).fold(diff.bids, depth, tally);
  const asks = sideOf(book.asks, 1).fold(diff.asks, depth, tally);
  return {
    instrument: book.instrument,
    bids,
    asks,
    bestBid: bids.at(0),
    bestAsk: asks.at(0),
    sequence: diff.lastSequence ?? book.sequence,
    venueTime: diff.venueTime ?? book.venueTime,
    receivedTime: diff.receivedTime,
  };
}

/** Whether the best bid is not below the best ask. Exact; a book with an empty side is not crossed. */
export function isCrossed({ bestBid, bestAsk }: OrderBook): boolean {
  return bestBid !== undefined && bestAsk !== undefined && comparePrices(bestBid, bestAsk) >= 0;
}
