import type { PriceLevel } from '../model/priceLevel.js';

/** Whether two levels read the same, digit for digit. */
export function sameLevel(a: PriceLevel | undefined, b: PriceLevel | undefined): boolean {
  return a === b || (a?.exact.price === b?.exact.price && a?.exact.size === b?.exact.size);
}

/** The same for lists of them. Versions of a book share their untouched levels, so this is mostly a look at pointers. */
export function sameLevels(a: readonly PriceLevel[], b: readonly PriceLevel[]): boolean {
  return a.length === b.length && a.every((level, index) => sameLevel(level, b[index]));
}
