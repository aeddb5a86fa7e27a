import type { PriceLevel } from '../model/priceLevel.js';
import { branchOf, Chunk, firstNotBelow, lastNotAbove, pieces } from './chunk.js';
import { comparePrices, levelOf, removes } from './level.js';

export type Leaf = Chunk<PriceLevel>;
export type Group = Chunk<Leaf>;
export type Root = Chunk<Group>;
/** 1 for asks, -1 for bids. */
export type Sign = 1 | -1;

/**
 * One side of a book as a tree of three layers, sorted by rank: the price, negated for bids. So the best level always
 * comes first, and nothing below has to know the side.
 */
export interface LevelTree {
  readonly root: Root;
  readonly sign: Sign;
  /**
   * Whether some price ever needed more than a double to be told from its neighbours. Until then equal doubles are equal
   * prices, and no level of the book is touched to compare texts.
   */
  readonly wide: boolean;
}

/** A double tells decimals of up to 15 digits apart, but for those at the ends of its range. */
export function isWide({ price, exact }: PriceLevel): boolean {
  return exact.price.length > 15 || !(Math.abs(price) > 1e-290 && Math.abs(price) < 1e290);
}

/** Negative when `a` is the better price of this side, 0 when both are the same. Exact. */
export const order = (a: PriceLevel, b: PriceLevel, sign: Sign): number => sign * comparePrices(a, b);

export function leafOf(levels: PriceLevel[], sign: Sign, version: number): Leaf {
  return new Chunk(
    levels.map(({ price }) => sign * price),
    levels,
    levels.length,
    version,
  );
}

/** A tree of levels in any order. Of those at one price the last counts; where its size is 0 there is none. */
export function treeOf(levels: readonly PriceLevel[], sign: Sign, depth = Infinity): LevelTree {
  const isSorted = levels.every((level, i) => i === 0 || order(levels[i - 1] as PriceLevel, level, sign) < 0);
  const sorted = isSorted ? levels : levels.slice().sort((a, b) => order(a, b, sign));
  const kept = sorted.filter((level, i) => {
    const next = sorted[i + 1];
    return !removes(level) && (isSorted || next === undefined || order(level, next, sign) !== 0);
  });
  const leaves = pieces(kept.slice(0, Math.max(depth, 0))).map((piece) => leafOf(piece, sign, 0));
  const groups = pieces(leaves).map((piece) => branchOf(piece, 0));
  return { root: branchOf(groups, 0), sign, wide: kept.some(isWide) };
}

/** Which group a price belongs to: the last that does not begin behind it. */
export function groupFor(root: Root, level: PriceLevel, rank: number, sign: Sign, wide: boolean): number {
  let index = lastNotAbove(root.keys, rank);
  while (wide && index > 0 && isBehind(root.items[index]?.items[0], level, sign)) index--;
  return index;
}

/** Likewise which leaf of its group. */
export function leafFor(group: Group, level: PriceLevel, rank: number, sign: Sign, wide: boolean): number {
  let index = lastNotAbove(group.keys, rank);
  while (wide && index > 0 && isBehind(group.items[index], level, sign)) index--;
  return index;
}

function isBehind(leaf: Leaf | undefined, level: PriceLevel, sign: Sign): boolean {
  const first = leaf?.items[0];
  return first !== undefined && order(first, level, sign) > 0;
}

/** The index in its leaf of the first level that is not better. */
export function indexFor(leaf: Leaf, level: PriceLevel, rank: number, sign: Sign, wide: boolean): number {
  let index = firstNotBelow(leaf.keys, rank);
  while (wide && index < leaf.items.length && order(leaf.items[index] as PriceLevel, level, sign) < 0) index++;
  return index;
}

/** Whether `index`, found by {@link indexFor}, is the place of that very price. */
export function isAt(leaf: Leaf, index: number, level: PriceLevel, rank: number, sign: Sign, wide: boolean): boolean {
  return leaf.keys[index] === rank && (!wide || order(leaf.items[index] as PriceLevel, level, sign) === 0);
}

/** The level at a price, by double or by text. */
export function levelAt({ root, sign, wide }: LevelTree, price: number | string): PriceLevel | undefined {
  const wanted = typeof price === 'string' ? levelOf(price, '0') : undefined;
  const sought = wanted ?? levelOf(String(price), '0');
  // A double finds any of those that share it; a text finds its own.
  const exactly = wanted !== undefined && (wide || isWide(wanted));
  const rank = sign * sought.price;
  const group = root.items[groupFor(root, sought, rank, sign, exactly)] as Group;
  const leaf = group.items[leafFor(group, sought, rank, sign, exactly)] as Leaf;
  const index = indexFor(leaf, sought, rank, sign, exactly);
  return isAt(leaf, index, sought, rank, sign, exactly) ? leaf.items[index] : undefined;
}
