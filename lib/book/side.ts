import type { BookSide } from '../model/orderBook.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { comparePrices, levelOf, removes } from './level.js';

/** A side as one sorted array. */
export class Side implements BookSide {
  constructor(
    readonly descending: boolean,
    private readonly levels: readonly PriceLevel[],
  ) {}
  get length(): number {
    return this.levels.length;
  }
  at(index: number): PriceLevel | undefined {
    return this.levels[index];
  }
  slice(count?: number): readonly PriceLevel[] {
    return this.levels.slice(0, count);
  }
  get(price: number | string): PriceLevel | undefined {
    if (typeof price === 'number') return this.levels.find((l) => l.price === price);
    const wanted = levelOf(price, '0');
    return this.levels.find((l) => comparePrices(l, wanted) === 0);
  }
  sizeAt(price: number | string): number {
    return this.get(price)?.size ?? 0;
  }
  volumeTo(price: number): number {
    return this.levels.reduce(
      (sum, l) => ((this.descending ? l.price >= price : l.price <= price) ? sum + l.size : sum),
      0,
    );
  }
  [Symbol.iterator](): Iterator<PriceLevel> {
    return this.levels[Symbol.iterator]();
  }
  apply(diff: readonly PriceLevel[], tally?: { deletesOfNothing: number }): Side {
    const sign = this.descending ? -1 : 1;
    const levels = [...this.levels];
    for (const level of diff) {
      const at = levels.findIndex((l) => sign * comparePrices(l, level) >= 0);
      const found = at >= 0 ? levels[at] : undefined;
      const same = found !== undefined && comparePrices(found, level) === 0;
      if (removes(level)) {
        if (same) levels.splice(at, 1);
        else if (tally) tally.deletesOfNothing++;
      } else if (same) levels[at] = level;
      else if (at < 0) levels.push(level);
      else levels.splice(at, 0, level);
    }
    return new Side(this.descending, levels);
  }
  cut(depth: number | undefined): Side {
    return depth === undefined || depth >= this.levels.length
      ? this
      : new Side(this.descending, this.levels.slice(0, depth));
  }
}

export const emptySide = (descending: boolean): Side => new Side(descending, []);
