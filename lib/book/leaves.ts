import { ODD, PlainLevel } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { Leaf, type Sign } from './leaf.js';
import type { Sought } from './level.js';

/**
 * One side of a book, best price first, as a list of leaves: a change copies the one leaf it falls into and the short list of
 * leaves, and shares all other leaves with the version before. At least one leaf; the only one may be empty.
 */
export type Leaves = readonly Leaf[];

/** How many levels a leaf may have; with fewer than `LEAST` it is joined with a neighbour. */
export const MOST = 160;
export const LEAST = 40;
/** How many it has when it was cut: room for as many more as may be taken out. */
const MIDDLE = 100;

/** Cuts a leaf into leaves of much the same size. At least one. */
export function leavesOf(leaf: Leaf): Leaf[] {
  if (leaf.length <= MIDDLE) return [leaf];
  const count = Math.ceil(leaf.length / MIDDLE);
  const size = Math.ceil(leaf.length / count);
  return Array.from({ length: count }, (_, i) => leaf.slice(i * size, (i + 1) * size));
}

/** Finds in which leaf a price stands or would stand, the last one that does not begin behind it, looking from one on. */
export function leafOf(leaves: Leaves, sought: Sought, spelling: number, sign: Sign, from = 0): number {
  const { price } = sought;
  const last = leaves.length - 1;
  let at = from;
  // Leaf by leaf, which a processor foresees: halving takes longer even among a hundred.
  while (at > 0 && sign * (firstOf(leaves, at) - price) > 0) at--;
  while (at < last && sign * (firstOf(leaves, at + 1) - price) <= 0) at++;
  if (firstOf(leaves, at) !== price) return at;
  // It shares the double: the texts decide.
  while (at > 0 && sign * (leaves[at] as Leaf).compare(0, sought, spelling) > 0) at--;
  return at;
}

const firstOf = (leaves: Leaves, at: number): number => (leaves[at] as Leaf).prices[0] as number;

/** What stands at the price of a plain level, a size of 0 where nothing does, without making it a level; `undefined` where that is odd. */
export function numbersIn(leaves: Leaves, level: PriceLevel, sign: Sign): LevelNumbers | undefined {
  const leaf = leaves[leafOf(leaves, level, PlainLevel.spellingOf(level), sign)] as Leaf;
  const index = leaf.near(level.price, sign);
  if (leaf.prices[index] !== level.price) return NOTHING;
  const spelling = leaf.spellingAt(index);
  return spelling === ODD ? undefined : { size: leaf.sizes[index] as number, spelling };
}

/** A plain level without its texts. */
interface LevelNumbers {
  readonly size: number;
  readonly spelling: number;
}
const NOTHING: LevelNumbers = { size: 0, spelling: 0 };

/** The level of a price. */
export function levelIn(leaves: Leaves, sought: Sought, spelling: number, sign: Sign): PriceLevel | undefined {
  const leaf = leaves[leafOf(leaves, sought, spelling, sign)] as Leaf;
  const index = leaf.indexOf(sought, spelling, sign);
  return index < leaf.length && leaf.compare(index, sought, spelling) === 0 ? leaf.at(index) : undefined;
}

/** The best `count` levels. What the last leaf is then too small for is made good by its next change. */
export function cutTo(leaves: Leaves, count: number): Leaves {
  const kept: Leaf[] = [];
  let rest = count;
  for (const leaf of leaves) {
    if (rest > 0) kept.push(rest < leaf.length ? leaf.slice(0, rest) : leaf);
    rest -= leaf.length;
  }
  return kept.length > 0 ? kept : [Leaf.empty];
}
