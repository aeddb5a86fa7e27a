import { ODD, PlainLevel } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { Leaf, type Sign } from './leaf.js';
import type { Sought } from './level.js';

/**
 * One side of a book, best price first, as a list of leaves: a change copies the one leaf it falls into and the short list of
 * leaves, and shares all other leaves with the version before. At least one leaf; the only one may be empty.
 */
export type Leaves = readonly Leaf[];

/**
 * How many levels a leaf may have: with fewer than the least it is joined with its neighbours, and when it was cut it has the
 * middle, which leaves room for as many more as may come or go.
 */
type Bounds = readonly [least: number, middle: number, most: number];

/**
 * By place: most changes are near the best price, where a small leaf is copied in their stead; far from it large ones keep the list
 * of leaves short, which is copied, too. What is left of one that is cut is never less than the least of the next place.
 */
const BOUNDS: readonly Bounds[] = [
  [10, 25, 40],
  [15, 40, 80],
  [40, 100, 160],
  [60, 200, 300],
];
/** From this place on all have the same. */
const FAR = BOUNDS.length - 1;

export const boundsAt = (place: number): Bounds => BOUNDS[Math.min(place, FAR)] as Bounds;

/** Cuts a leaf into leaves that are within their bounds from that place on. At least one. */
export function leavesOf(leaf: Leaf, place = 0): Leaf[] {
  const { length } = leaf;
  const [, middle, most] = boundsAt(place);
  if (length <= most) return [leaf];
  if (place < FAR) return [leaf.slice(0, middle), ...leavesOf(leaf.slice(middle, length), place + 1)];
  const count = Math.ceil(length / middle);
  const edge = (i: number): number => Math.round((i * length) / count);
  return Array.from({ length: count }, (_, i) => leaf.slice(edge(i), edge(i + 1)));
}

/**
 * Joins a leaf that is out of its bounds with its neighbours, and cuts them anew. Near the best price all up to the first that
 * may stand anywhere behind: one leaf more or less, and each would be at a place of other bounds.
 *
 * @returns The new leaves.
 */
export function recut(leaves: Leaf[], place: number): readonly Leaf[] {
  const [from, count] = place <= FAR ? [0, FAR + 2] : [place - 1, 2];
  const cut = leavesOf(Leaf.joined(leaves.slice(from, from + count)), from);
  leaves.splice(from, count, ...cut);
  return cut;
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
