import type { DepthSnapshot } from '../model/depthEvent.js';
import type { BookSide, OrderBook } from '../model/orderBook.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { comparePrices } from './level.js';

/** The worst price of each side that a book can vouch for; `undefined` where it was told the side was empty. */
export interface Reach {
  readonly bid: PriceLevel | undefined;
  readonly ask: PriceLevel | undefined;
}

/**
 * How far a snapshot reaches. Venues cut snapshots to a number of levels, so that nothing is known of what lies beyond
 * the last one.
 */
export function reachOf({ bids, asks }: DepthSnapshot): Reach {
  return { bid: worst(bids, -1), ask: worst(asks, 1) };
}

/** The lesser of two reaches, for a book that knows no more than either. */
function lesserReach(a: Reach, b: Reach): Reach {
  return { bid: lesser(a.bid, b.bid, -1), ask: lesser(a.ask, b.ask, 1) };
}

/**
 * How many levels of a book differ from a snapshot of the same sequence: missing, too many, or of another size. 0 when
 * the two agree.
 *
 * Only prices are compared that the snapshot, and the snapshot `known` that the book began from, both reach: a level
 * beyond either is unknown to the book until it changes. A side that was told to be empty is compared whole.
 */
export function driftOf(book: OrderBook, snapshot: DepthSnapshot, known: Reach): number {
  const reach = lesserReach(reachOf(snapshot), known);
  return sideDrift(book.bids, snapshot.bids, reach.bid, -1) + sideDrift(book.asks, snapshot.asks, reach.ask, 1);
}

/** `away` is the sign of leaving the best price: -1 for bids, 1 for asks. */
function sideDrift(
  side: BookSide,
  expected: readonly PriceLevel[],
  limit: PriceLevel | undefined,
  away: 1 | -1,
): number {
  const within = (level: PriceLevel): boolean => limit === undefined || comparePrices(level, limit) * away <= 0;
  let held = 0;
  for (const level of side) {
    if (!within(level)) break;
    held += 1;
  }
  let drift = 0;
  let common = 0;
  for (const level of expected) {
    if (level.size === 0 || !within(level)) continue;
    const ours = side.get(level.exact.price);
    if (ours === undefined) drift += 1;
    else {
      common += 1;
      if (ours.size !== level.size) drift += 1;
    }
  }
  return drift + held - common;
}

function worst(levels: readonly PriceLevel[], away: 1 | -1): PriceLevel | undefined {
  return levels.reduce<PriceLevel | undefined>(
    (last, level) => (last === undefined || comparePrices(level, last) * away > 0 ? level : last),
    undefined,
  );
}

function lesser(a: PriceLevel | undefined, b: PriceLevel | undefined, away: 1 | -1): PriceLevel | undefined {
  if (a === undefined) return b;
  return b === undefined || comparePrices(a, b) * away <= 0 ? a : b;
}
