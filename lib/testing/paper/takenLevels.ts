import { addDecimals, compareDecimals, subtractDecimals } from '../../book/decimals.js';
import type { BookSide, OrderBook } from '../../model/orderBook.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { OrderSide } from './order.js';

interface Taken {
  /** The size that the level had when something was taken from it. */
  readonly shown: string;
  readonly size: string;
}

/** A part of an order that a level can fill. */
export interface Take {
  readonly level: PriceLevel;
  readonly size: string;
}

/**
 * What of a book is left to take. The market does not know of our orders: a level goes on showing what was taken from it. So it
 * is kept in mind until the level is told anew, lest it is taken twice.
 */
export class TakenLevels {
  #taken = new Map<string, Taken>();

  /** Which levels fill `size` for a taker, best first, none beyond `limit`. */
  available(side: BookSide, of: OrderSide, size: string, limit: string | undefined): readonly Take[] {
    const takes: Take[] = [];
    let left = size;
    for (const level of side) {
      if (limit !== undefined && isBeyond(level.exact.price, limit, of)) break;
      const there = this.#left(level, of);
      const taken = compareDecimals(there, left) < 0 ? there : left;
      if (compareDecimals(taken, '0') > 0) takes.push({ level, size: taken });
      left = subtractDecimals(left, taken);
      if (compareDecimals(left, '0') === 0) break;
    }
    return takes;
  }

  /** Remembers that it was taken. */
  take(takes: readonly Take[], of: OrderSide): void {
    for (const { level, size } of takes) {
      const before = this.#taken.get(keyOf(level, of))?.size ?? '0';
      this.#taken.set(keyOf(level, of), { shown: level.exact.size, size: addDecimals(before, size) });
    }
  }

  /** Forgets levels that are told anew, or are gone. */
  update({ bids, asks }: OrderBook): void {
    const kept = [...this.#taken].filter(([key, { shown }]) => {
      const [of, price = ''] = key.split(' ');
      return (of === 'buy' ? asks : bids).get(price)?.exact.size === shown;
    });
    if (kept.length !== this.#taken.size) this.#taken = new Map(kept);
  }

  #left(level: PriceLevel, of: OrderSide): string {
    const taken = this.#taken.get(keyOf(level, of));
    return taken === undefined ? level.exact.size : subtractDecimals(level.exact.size, taken.size);
  }
}

const keyOf = (level: PriceLevel, of: OrderSide): string => `${of} ${level.exact.price}`;

/** Whether a price is worse for the taker than his limit. */
const isBeyond = (price: string, limit: string, of: OrderSide): boolean =>
  compareDecimals(price, limit) * (of === 'buy' ? 1 : -1) > 0;
