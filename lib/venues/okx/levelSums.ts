import { crc32, crc32Joined, crc32OfCode } from '../../codec/crc32.js';
import type { BookSide } from '../../model/orderBook.js';
import type { PriceLevel } from '../../model/priceLevel.js';

export const COLON = 58;

/**
 * The best levels of a side as the checksum takes them, price and size with a colon behind each. A level is summed once for as
 * long as it stands among them: few change from one frame to the next, and to read the texts of all takes twice as long as to
 * join their sums. Columns, changed in place: an object for each would have to be had from memory, as the texts.
 */
export class LevelSums {
  readonly #levels: PriceLevel[] = [];
  readonly #sums: number[] = [];
  readonly #lengths: number[] = [];

  /** @param count So many of the best levels are summed. */
  constructor(private readonly count: number) {}

  /** How many there are. */
  get length(): number {
    return this.#levels.length;
  }

  /** Takes the levels of a side: of a book that goes on, or of any. */
  take(side: BookSide): void {
    const levels = this.#levels;
    let i = 0;
    for (; i < this.count; i += 1) {
      const level = side.at(i);
      if (level === undefined) break;
      const known = levels[i];
      if (known === level) continue;
      const at = levels.indexOf(level, i);
      if (at < 0) this.#put(i, known?.price === level.price ? 1 : 0, level);
      else this.#cut(i, at - i);
    }
    this.#cut(i, levels.length - i);
  }

  /** The sum with the level of an index behind what was summed before; that itself where there is no such level. */
  behind(before: number, index: number): number {
    const sum = this.#sums[index];
    return sum === undefined ? before : crc32Joined(before, sum, this.#lengths[index] as number);
  }

  /** A level that was not there, in the place of so many. */
  #put(index: number, instead: number, level: PriceLevel): void {
    const { price, size } = level.exact;
    this.#levels.splice(index, instead, level);
    this.#sums.splice(index, instead, crc32OfCode(COLON, crc32(size, crc32OfCode(COLON, crc32(price)))));
    this.#lengths.splice(index, instead, price.length + size.length + 2);
  }

  #cut(index: number, count: number): void {
    if (count === 0) return;
    this.#levels.splice(index, count);
    this.#sums.splice(index, count);
    this.#lengths.splice(index, count);
  }
}
