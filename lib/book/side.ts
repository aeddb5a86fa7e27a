import type { BookSide } from '../model/orderBook.js';
import { ODD } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { foldLeaves } from './foldLeaves.js';
import { Leaf, type Sign } from './leaf.js';
import { cutTo, leavesOf, levelIn, type Leaves } from './leaves.js';
import { levelOf } from './level.js';

/** One side of a book over its leaves. What it is made of is private, so that equal sides compare as equal in tests. */
export class Side implements BookSide {
  readonly #leaves: Leaves;
  readonly #sign: Sign;
  /** The best level, as soon as it is known. */
  #best: PriceLevel | undefined;

  constructor(leaves: Leaves, sign: Sign, best?: PriceLevel) {
    this.#leaves = leaves;
    this.#sign = sign;
    this.#best = best;
  }

  /** What a side is made of, for who reads its numbers; `undefined` where it is no {@link Side}. */
  static leavesOf(side: BookSide): Leaves | undefined {
    return side instanceof Side ? side.#leaves : undefined;
  }

  get length(): number {
    return this.#leaves.reduce((sum, { length }) => sum + length, 0);
  }

  at(index: number): PriceLevel | undefined {
    if (index === 0) return (this.#best ??= this.#leaves[0]?.look(0));
    let rest = index;
    for (const leaf of this.#leaves) {
      if (rest < leaf.length) return leaf.at(rest);
      rest -= leaf.length;
    }
    return undefined;
  }

  slice(count = Infinity): readonly PriceLevel[] {
    const levels: PriceLevel[] = [];
    for (const leaf of this.#leaves) {
      for (let i = 0; i < leaf.length && levels.length < count; i += 1) levels.push(leaf.at(i) as PriceLevel);
    }
    return levels;
  }

  sizeAt(price: number | string): number {
    return this.get(price)?.size ?? 0;
  }

  get(price: number | string): PriceLevel | undefined {
    // A double finds any of those that share it; a text finds its own.
    const sought = typeof price === 'string' ? levelOf(price, '') : { price, exact: undefined };
    return levelIn(this.#leaves, sought, ODD, this.#sign);
  }

  volumeTo(price: number): number {
    let volume = 0;
    for (const { prices, sizes } of this.#leaves) {
      for (let i = 0; i < prices.length; i += 1) {
        if (this.#sign * ((prices[i] as number) - price) > 0) return volume;
        volume += sizes[i] as number;
      }
    }
    return volume;
  }

  *[Symbol.iterator](): IterableIterator<PriceLevel> {
    for (const leaf of this.#leaves) {
      for (let i = 0; i < leaf.length; i += 1) yield leaf.at(i) as PriceLevel;
    }
  }

  /** Its levels, best first. */
  toJSON(): readonly PriceLevel[] {
    return this.slice();
  }

  /** The best level after a diff, where it need not be made: it is looked at with every book. */
  #bestOf(leaves: Leaves, levels: readonly PriceLevel[]): PriceLevel | undefined {
    const leaf = leaves[0] as Leaf;
    if (this.#best !== undefined && leaf.holds(0, this.#best)) return this.#best;
    // Venues send levels in order, so that it is at an end.
    const [first, last] = [levels[0], levels[levels.length - 1]];
    if (first !== undefined && leaf.holds(0, first)) return first;
    return last !== undefined && leaf.holds(0, last) ? last : undefined;
  }

  /** This side after the levels of a diff, cut to its `depth` best. */
  fold(levels: readonly PriceLevel[], depth = Infinity, tally?: { deletesOfNothing: number }): Side {
    const leaves = foldLeaves(this.#leaves, levels, this.#sign, tally);
    const side = leaves === this.#leaves ? this : new Side(leaves, this.#sign, this.#bestOf(leaves, levels));
    return depth < Infinity && depth < side.length ? new Side(cutTo(leaves, depth), this.#sign) : side;
  }
}

/**
 * A side of levels in any order, or the very side that they are already. Of levels at one price the last counts; where
 * its size is 0 there is none.
 */
export function sideOf(levels: Iterable<PriceLevel>, sign: Sign): Side {
  if (levels instanceof Side) return levels;
  const list = [...levels];
  // As venues send whole books: one by one it takes twice as long.
  const leaf = Leaf.inOrder(list, sign);
  return leaf === undefined ? new Side([Leaf.empty], sign).fold(list) : new Side(leavesOf(leaf), sign, list[0]);
}
