import type { DepthDiff, DepthSnapshot } from '../model/depthEvent.js';
import type { BookSide, OrderBook } from '../model/orderBook.js';
import { comparePrices } from './level.js';
import type { Sign } from './leaves.js';
import { Side, sideOf } from './side.js';

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
export function bookFrom(snapshot: DepthSnapshot, options?: FoldOptions): OrderBook {
  const bids = sideOf(snapshot.bids, -1, options?.depth);
  const asks = sideOf(snapshot.asks, 1, options?.depth);
  return bookOf(snapshot.instrument, bids, asks, snapshot.sequence, snapshot.venueTime, snapshot.receivedTime);
}

/**
 * The book after a diff. `book` stays as it was, and the new one shares with it what the diff did not touch. Where the
 * diff tells no sequence or venue time, the book's own stand. Checks no continuity: that is a rule's part.
 */
export function applyDiff(book: OrderBook, diff: DepthDiff, options?: FoldOptions): OrderBook {
  const bids = ownSide(book.bids, -1).fold(diff.bids, options?.depth, options?.tally);
  const asks = ownSide(book.asks, 1).fold(diff.asks, options?.depth, options?.tally);
  const sequence = diff.lastSequence ?? book.sequence;
  return bookOf(book.instrument, bids, asks, sequence, diff.venueTime ?? book.venueTime, diff.receivedTime);
}

/** Whether the best bid is not below the best ask. Exact; a book with an empty side is not crossed. */
export function isCrossed({ bestBid, bestAsk }: OrderBook): boolean {
  return bestBid !== undefined && bestAsk !== undefined && comparePrices(bestBid, bestAsk) >= 0;
}

/** Books that were not made here, a test's for instance, are folded too. */
function ownSide(side: BookSide, sign: Sign): Side {
  return side instanceof Side ? side : sideOf([...side], sign);
}

function bookOf(
  instrument: string,
  bids: Side,
  asks: Side,
  sequence: number | undefined,
  venueTime: number | undefined,
  receivedTime: number,
): OrderBook {
  return { instrument, bids, asks, bestBid: bids.at(0), bestAsk: asks.at(0), sequence, venueTime, receivedTime };
}
