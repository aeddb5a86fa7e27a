import { ODD, PlainLevel, spellingOf } from '../model/plainLevel.js';
import type { ExactLevel, PriceLevel } from '../model/priceLevel.js';
import { type Cursor, scanDecimal } from './scanDecimal.js';

const cursor: Cursor = { at: 0, decimals: ODD };

/** A level from the texts of its price and its size, which are decimals. */
export const levelOf = (price: string, size: string): PriceLevel =>
  levelSpelled(Number(price), Number(size), { price, size });

/** A level whose numbers are known, and their texts, which are decimals. */
export const levelSpelled = (price: number, size: number, exact: ExactLevel): PriceLevel =>
  new PlainLevel(price, size, exact, spellingOf(decimalsOf(exact.price), decimalsOf(exact.size)));

function decimalsOf(text: string): number {
  cursor.at = 0;
  const isPlain = !Number.isNaN(scanDecimal(text, cursor)) && cursor.at === text.length;
  return isPlain ? cursor.decimals : ODD;
}
