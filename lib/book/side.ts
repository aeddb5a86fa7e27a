import type { BookSide } from '../model/orderBook.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { foldLeaves } from './foldLeaves.js';
import { cutTo, placeOf, type Leaves, type Sign } from './leaves.js';
import { levelOf } from './level.js';

/** One side of a book over its leaves. What it is made of is private, so that equal sides compare as equal in tests. */
export class Side implements BookSide {
  readonly #leaves: Leaves;
  readonly #sign: Sign;

  constructor(leaves: Leaves, sign: Sign) {
    this.#leaves = leaves;
    this.#sign = sign;
  }

  get length(): number {
    return this.#leaves.reduce((sum, { length }) => sum + length, 0);
  }

  at(index: number): PriceLevel | undefined {
    let rest = index;
    for (const leaf of this.#leaves) {
      if (rest < leaf.length) return leaf[rest];
      rest -= leaf.length;
    }
    return undefined;
  }

  slice(count = Infinity): readonly PriceLevel[] {
    return cutTo(this.#leaves, count).flat();
  }

  sizeAt(price: number | string): number {
    return this.get(price)?.size ?? 0;
  }

  get(price: number | string): PriceLevel | undefined {
    // A double finds any of those that share it; a text finds its own.
    const sought = typeof price === 'string' ? levelOf(price, '') : { price, exact: undefined };
    return placeOf(this.#leaves, sought, this.#sign).level;
  }

  volumeTo(price: number): number {
    let volume = 0;
    for (const level of this) {
      if (this.#sign * (level.price - price) > 0) break;
      volume += level.size;
    }
    return volume;
  }

  *[Symbol.iterator](): IterableIterator<PriceLevel> {
    for (const leaf of this.#leaves) yield* leaf;
  }

  /** Its levels, best first. */
  toJSON(): readonly PriceLevel[] {
    return this.slice();
  }

  /** This side after the levels of a diff, cut to its `depth` best. */
  fold(levels: readonly PriceLevel[], depth = Infinity, tally?: { deletesOfNothing: number }): Side {
    const leaves = foldLeaves(this.#leaves, levels, this.#sign, tally);
    const side = leaves === this.#leaves ? this : new Side(leaves, this.#sign);
    return depth < Infinity && depth < side.length ? new Side(cutTo(leaves, depth), this.#sign) : side;
  }
}

/**
 * A side of levels in any order, or the very side that they are already. Of levels at one price the last counts; where
 * its size is 0 there is none.
 */
export function sideOf(levels: Iterable<PriceLevel>, sign: Sign): Side {
  return levels instanceof Side ? levels : new Side([[]], sign).fold([...levels]);
}
