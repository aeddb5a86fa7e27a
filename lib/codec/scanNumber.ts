import { ODD, PlainLevel, spellingOf } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { type Cursor, partOf, scanDecimal } from './scanDecimal.js';

const ZERO = 48;

/** The number where the cursor stands; `NaN` where it is not plain, of which JSON has none with zeros ahead. */
export function scanNumber(text: string, cursor: Cursor): number {
  cursor.decimals = ODD;
  const value = scanDecimal(text, cursor);
  return cursor.decimals === ODD ? NaN : value;
}

/** Where the number that was read ends without zeros behind its point. How many decimals it has is told by the cursor. */
export function shortestEnd(text: string, cursor: Cursor): number {
  if (cursor.decimals <= 0) return cursor.at;
  let end = cursor.at;
  while (cursor.decimals > 0 && text.charCodeAt(end - 1) === ZERO) {
    end -= 1;
    cursor.decimals -= 1;
  }
  return cursor.decimals > 0 ? end : end - 1;
}

/** A number of JSON without a sign, as it was read from a text. */
export interface ScannedNumber {
  readonly value: number;
  /** The shortest that reads back the same: without zeros at its end. */
  readonly text: string;
  /** How many decimals that has. */
  readonly decimals: number;
}

/** The number where the cursor stands, which is left behind it; `undefined` where it is not plain. */
export function scannedNumber(text: string, cursor: Cursor): ScannedNumber | undefined {
  const at = cursor.at;
  const value = scanNumber(text, cursor);
  if (Number.isNaN(value)) return undefined;
  const shortest = partOf(text, at, shortestEnd(text, cursor));
  return { value, text: shortest, decimals: cursor.decimals };
}

/** A level of two of them. */
export const levelOfScanned = (price: ScannedNumber, size: ScannedNumber): PriceLevel =>
  new PlainLevel(
    price.value,
    size.value,
    { price: price.text, size: size.text },
    spellingOf(price.decimals, size.decimals),
  );
