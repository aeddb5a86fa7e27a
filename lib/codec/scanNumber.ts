import { ODD } from '../model/plainLevel.js';
import { type Cursor, scanDecimal } from './scanDecimal.js';

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
