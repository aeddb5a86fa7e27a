import type { PriceLevel } from '../model/priceLevel.js';
import { compareDecimals } from './decimals.js';

/** A level from the venue's own decimal texts. They are taken as they are: what comes from outside is checked before. */
export function levelOf(price: string, size: string): PriceLevel {
  return { price: Number(price), size: Number(size), exact: { price, size } };
}

/** A price as it may be looked for: with its text, or, where doubles are all that is known, without. */
export interface Sought {
  readonly price: number;
  readonly exact: { readonly price: string } | undefined;
}

/**
 * Compares the prices of two levels exactly: negative when `a` is lower, 0 when they are the same price. `1.0` and
 * `1.00` are; 18-decimal neighbours that share a double are not, unless `b` is only known as a double. NaN for what is
 * no price.
 */
export function comparePrices(a: PriceLevel, b: Sought): number {
  const apart = a.price - b.price;
  return apart === 0 && b.exact ? compareDecimals(a.exact.price, b.exact.price) : apart;
}

/** Whether a level of a diff says that nothing is left at its price. */
export function removes(level: PriceLevel): boolean {
  // A double cannot tell: it is 0 for anything below 5e-324.
  return level.size === 0 && ZERO.test(level.exact.size);
}
/** Up to an exponent, which makes nothing of nothing. */
const ZERO = /^[-.0]*(e|$)/i;
