import { ODD, PlainLevel, spellingOf } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { Decimal } from './decimal.js';
import { leaf } from './scalars.js';

/** A number as JSON has them, for venues that write prices and sizes so. */
export const JsonNumber = leaf<number>('JsonNumber', (u): u is number => Number.isFinite(u));

/** The same of a size: not below 0. */
export const JsonSize = leaf<number>('JsonSize', (u): u is number => Number.isFinite(u) && (u as number) >= 0);

/**
 * A level from two JSON numbers. Its texts are the shortest decimals that read back the same: the venue's own digits, but
 * for zeros at the end.
 */
export function levelOfNumbers(price: number, size: number): PriceLevel {
  const exact = { price: Decimal.encode(price), size: Decimal.encode(size) };
  return new PlainLevel(price, size, exact, spellingOf(decimalsIn(price, exact.price), decimalsIn(size, exact.size)));
}

/** So many digits any double tells apart. */
const MOST_DIGITS = 15;

/** How many decimals the shortest text of a number has: there are no zeros ahead, and none behind, to be looked for. */
function decimalsIn(value: number, text: string): number {
  if (!(value >= 0)) return ODD;
  if (Number.isInteger(value)) return text.length > MOST_DIGITS ? ODD : 0;
  return text.length > MOST_DIGITS + 1 ? ODD : text.length - text.indexOf('.') - 1;
}
