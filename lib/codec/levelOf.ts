import { ODD, PlainLevel, spellingOf } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { type Cursor, scanDecimal } from './scanDecimal.js';

const cursor: Cursor = { at: 0, decimals: ODD };

/** A level from the texts of its price and its size, which are decimals. */
export function levelOf(price: string, size: string): PriceLevel {
  const priceDecimals = decimalsOf(price);
  const exact = { price, size };
  return new PlainLevel(Number(price), Number(size), exact, spellingOf(priceDecimals, decimalsOf(size)));
}

function decimalsOf(text: string): number {
  cursor.at = 0;
  const isPlain = !Number.isNaN(scanDecimal(text, cursor)) && cursor.at === text.length;
  return isPlain ? cursor.decimals : ODD;
}
