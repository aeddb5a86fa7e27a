import { ODD, PlainLevel, spellingOf } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { type Cursor, scanDecimal } from './scanDecimal.js';

const cursor: Cursor = { at: 0, decimals: ODD };

/** A level from the texts of its price and its size, which are decimals. */
export function levelOf(price: string, size: string): PriceLevel {
  const priceValue = numberOf(price);
  const priceDecimals = cursor.decimals;
  const sizeValue = numberOf(size);
  return new PlainLevel(priceValue, sizeValue, { price, size }, spellingOf(priceDecimals, cursor.decimals));
}

/** What a decimal spells. How many decimals it has is told by the cursor. */
function numberOf(text: string): number {
  cursor.at = 0;
  const value = scanDecimal(text, cursor);
  if (!Number.isNaN(value) && cursor.at === text.length) return value;
  cursor.decimals = ODD;
  return Number(text);
}
