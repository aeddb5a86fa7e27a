import { ODD, PlainLevel, spellingOf } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { scaledDown } from './integers.js';

// One by one, so that bundlers write the figures in.
const MINUS = 45;
const ZERO = 48;
/** Of so many digits a double holds any number. */
const MOST_DIGITS = 15;
/** More decimals no such number has, once it is written with a zero ahead of its point. */
const MOST_DECIMALS = 15;
const POWERS: readonly number[] = Array.from({ length: MOST_DECIMALS + 1 }, (_, power) => Number(`1e${power}`));

/**
 * A level from whole numbers of smallest units as texts, of which `priceDecimals` and `sizeDecimals` make one whole unit. A
 * size may be below 0, where it is a change.
 */
export function levelOfUnits(price: string, priceDecimals: number, size: string, sizeDecimals: number): PriceLevel {
  const exact = { price: scaledDown(price, priceDecimals), size: scaledDown(size, sizeDecimals) };
  const spelling = spellingOf(
    decimalsOf(price, exact.price, priceDecimals),
    decimalsOf(size, exact.size, sizeDecimals),
  );
  if (spelling === ODD) return { price: Number(exact.price), size: Number(exact.size), exact };
  // Of two numbers that doubles hold the quotient is what reading the text comes to.
  const priceValue = wholeOf(price) / (POWERS[priceDecimals] as number);
  return new PlainLevel(priceValue, wholeOf(size) / (POWERS[sizeDecimals] as number), exact, spelling);
}

/** What so few digits spell: `Number` takes four times as long. */
function wholeOf(digits: string): number {
  const isNegative = digits.charCodeAt(0) === MINUS;
  let value = 0;
  for (let at = isNegative ? 1 : 0; at < digits.length; at += 1) value = value * 10 + (digits.charCodeAt(at) - ZERO);
  return isNegative ? -value : value;
}

/** How many decimals a text has that was scaled down. */
function decimalsOf(units: string, text: string, decimals: number): number {
  if (units.length > MOST_DIGITS || decimals > MOST_DECIMALS) return ODD;
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}
