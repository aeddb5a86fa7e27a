import type { DepthDiff, DepthSnapshot } from '../model/depthEvent.js';
import type { BookSide, OrderBook } from '../model/orderBook.js';
import { emptySide, Side } from './side.js';
import { comparePrices } from './level.js';

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
  const bids = emptySide(true).apply(snapshot.bids).cut(options?.depth);
  const asks = emptySide(false).apply(snapshot.asks).cut(options?.depth);
  return assemble(snapshot.instrument, bids, asks, snapshot.sequence, snapshot.venueTime, snapshot.receivedTime);
}

/**
 * The book after a diff. `book` stays as it was, and the new one shares with it what the diff did not touch. Checks no
 * continuity: that is the rule's part.
 */
export function applyDiff(book: OrderBook, diff: DepthDiff, options?: FoldOptions): OrderBook {
  const tally = options?.tally;
  const bids = sideOf(book.bids, true).apply(diff.bids, tally).cut(options?.depth);
  const asks = sideOf(book.asks, false).apply(diff.asks, tally).cut(options?.depth);
  return assemble(
    book.instrument,
    bids,
    asks,
    diff.lastSequence ?? book.sequence,
    diff.venueTime ?? book.venueTime,
    diff.receivedTime,
  );
}

/** Whether the best bid is not below the best ask. Exact; a book with an empty side is not crossed. */
export function isCrossed({ bestBid, bestAsk }: OrderBook): boolean {
  return bestBid !== undefined && bestAsk !== undefined && comparePrices(bestBid, bestAsk) >= 0;
}

/** Sides not made here (a user's own, a test's) are folded too. */
function sideOf(side: BookSide, descending: boolean): Side {
  return side instanceof Side ? side : emptySide(descending).apply([...side]);
}

function assemble(
  instrument: string,
  bids: Side,
  asks: Side,
  sequence: number | undefined,
  venueTime: number | undefined,
  receivedTime: number,
): OrderBook {
  return { instrument, bids, asks, bestBid: bids.at(0), bestAsk: asks.at(0), sequence, venueTime, receivedTime };
}
