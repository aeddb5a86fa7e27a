import type { BookSide } from '../model/orderBook.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { foldTree } from './foldTree.js';
import { levelAt, treeOf, type LevelTree, type Sign } from './levelTree.js';

/** One side of a book over its tree. What it is made of is private, so that equal sides compare as equal in tests. */
export class Side implements BookSide {
  readonly #tree: LevelTree;

  constructor(tree: LevelTree) {
    this.#tree = tree;
  }

  get length(): number {
    return this.#tree.root.count;
  }

  /** `at(0)`, asked for by every version of a book. */
  get best(): PriceLevel | undefined {
    return this.#tree.root.items[0]?.items[0]?.items[0];
  }

  at(index: number): PriceLevel | undefined {
    let rest = index;
    for (const group of this.#tree.root.items) {
      if (rest >= group.count) {
        rest -= group.count;
        continue;
      }
      for (const leaf of group.items) {
        if (rest < leaf.count) return leaf.items[rest];
        rest -= leaf.count;
      }
    }
    return undefined;
  }

  slice(count = Infinity): readonly PriceLevel[] {
    const levels: PriceLevel[] = [];
    for (const group of this.#tree.root.items) {
      for (const leaf of group.items) {
        for (const level of leaf.items) {
          if (levels.length >= count) return levels;
          levels.push(level);
        }
      }
    }
    return levels;
  }

  sizeAt(price: number | string): number {
    return levelAt(this.#tree, price)?.size ?? 0;
  }

  get(price: number | string): PriceLevel | undefined {
    return levelAt(this.#tree, price);
  }

  volumeTo(price: number): number {
    const { sign } = this.#tree;
    let volume = 0;
    for (const level of this) {
      if (sign * level.price > sign * price) break;
      volume += level.size;
    }
    return volume;
  }

  *[Symbol.iterator](): IterableIterator<PriceLevel> {
    for (const group of this.#tree.root.items) {
      for (const leaf of group.items) yield* leaf.items;
    }
  }

  /** Its levels, best first. */
  toJSON(): readonly PriceLevel[] {
    return this.slice();
  }

  /** This side after the levels of a diff. */
  fold(levels: readonly PriceLevel[], depth?: number, tally?: { deletesOfNothing: number }): Side {
    const tree = foldTree(this.#tree, levels, depth, tally);
    return tree === this.#tree ? this : new Side(tree);
  }
}

/** A side of levels in any order. */
export function sideOf(levels: readonly PriceLevel[], sign: Sign, depth?: number): Side {
  return new Side(treeOf(levels, sign, depth));
}
