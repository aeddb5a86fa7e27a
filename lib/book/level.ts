import type { PriceLevel } from '../model/priceLevel.js';
import { compareDecimals, isZeroDecimal } from './compareDecimals.js';

/** A level from the venue's own decimal texts. They are taken as they are: what comes from outside is checked before. */
export function levelOf(price: string, size: string): PriceLevel {
  return { price: Number(price), size: Number(size), exact: { price, size } };
}

/** A level of a venue that sends JSON numbers. Its exact text is the shortest that reads back as the same double. */
export function levelOfNumbers(price: number, size: number): PriceLevel {
  return { price, size, exact: { price: String(price), size: String(size) } };
}

/**
 * Compares the prices of two levels exactly: negative when `a` is lower, 0 when they are the same price. `1.0` and
 * `1.00` are; 18-decimal neighbours that share a double are not.
 */
export function comparePrices(a: PriceLevel, b: PriceLevel): number {
  if (a.price < b.price) return -1;
  if (a.price > b.price) return 1;
  return compareDecimals(a.exact.price, b.exact.price);
}

/** Whether a level of a diff says that nothing is left at its price. */
export function removes(level: PriceLevel): boolean {
  return level.size === 0 && isZeroDecimal(level.exact.size);
}
