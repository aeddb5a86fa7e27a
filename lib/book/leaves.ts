import type { PriceLevel } from '../model/priceLevel.js';
import { comparePrices, type Sought } from './level.js';

/**
 * One side of a book, best price first, as a list of runs of levels: a change copies the one run it falls into and the
 * short list of runs, and shares all other runs with the version before. At least one run; the only one may be empty.
 */
export type Leaves = readonly Leaf[];
export type Leaf = readonly PriceLevel[];
/** 1 for asks, -1 for bids. */
export type Sign = 1 | -1;

/** Where a price stands or would stand: in which leaf, and where in it. */
export interface Place {
  readonly at: number;
  readonly index: number;
  /** The level of that price, if there is one. */
  readonly level: PriceLevel | undefined;
}

/** How many levels a leaf may have; with fewer than `LEAST` it is joined with a neighbour. */
export const MOST = 160;
export const LEAST = 40;

/** Cuts levels into leaves of much the same size, with room for as many more as may be taken out. At least one. */
export function leavesOf(levels: Leaf): PriceLevel[][] {
  const count = Math.ceil(levels.length / 100) || 1;
  const size = Math.ceil(levels.length / count);
  return Array.from({ length: count }, (_, i) => levels.slice(i * size, (i + 1) * size));
}

/** Finds the place of a price: in the last leaf that does not begin behind it. */
export function placeOf(leaves: Leaves, sought: Sought, sign: Sign): Place {
  let at = 0;
  // Leaf by leaf, which a processor foresees: halving takes longer even among a hundred.
  while (at < leaves.length - 1 && sign * comparePrices((leaves[at + 1] as Leaf)[0] as PriceLevel, sought) <= 0) at++;
  const leaf = leaves[at] as Leaf;
  const index = indexIn(leaf, sought, sign);
  const level = leaf[index];
  return { at, index, level: level && comparePrices(level, sought) === 0 ? level : undefined };
}

/**
 * The index in its leaf of the first level that is not better. Prices of neighbours stand at nearly even distances, so
 * the place is reckoned and corrected by a step or two: faster than halving, whose every branch is a coin toss to the
 * processor.
 */
function indexIn(leaf: Leaf, sought: Sought, sign: Sign): number {
  const end = leaf.length - 1;
  if (end < 0) return 0;
  const first = (leaf[0] as PriceLevel).price;
  const share = (sought.price - first) / ((leaf[end] as PriceLevel).price - first);
  const reckoned = share > 0 ? (share < 1 ? (share * end + 0.5) | 0 : end) : 0;
  let index = reckoned;
  while (index <= end && sign * comparePrices(leaf[index] as PriceLevel, sought) < 0)
    if (++index > reckoned + NEAR) return halved(leaf, sought, sign, index, end + 1);
  while (index > 0 && sign * comparePrices(leaf[index - 1] as PriceLevel, sought) >= 0)
    if (--index < reckoned - NEAR) return halved(leaf, sought, sign, 0, index);
  return index;
}

/** So many steps are made from where a price was reckoned to stand. */
const NEAR = 8;

/**
 * The same between two places: where prices share their doubles or lie unevenly nothing can be reckoned, and comparing
 * texts is dear.
 */
function halved(leaf: Leaf, sought: Sought, sign: Sign, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sign * comparePrices(leaf[middle] as PriceLevel, sought) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The best `count` levels. What the last leaf is then too small for is made good by its next change. */
export function cutTo(leaves: Leaves, count: number): Leaves {
  const kept: Leaf[] = [];
  let rest = count;
  for (const leaf of leaves) {
    if (rest > 0) kept.push(leaf.slice(0, rest));
    rest -= leaf.length;
  }
  return kept.length > 0 ? kept : [[]];
}
