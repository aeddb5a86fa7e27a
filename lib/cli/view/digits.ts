import { decimalsOf, plainDecimal } from '../render/decimals.js';

/**
 * How many digits the columns hold before and after the point. Only grows, so that a column does not jump whenever a
 * longer number comes and goes.
 */
export interface Digits {
  readonly price: Column;
  readonly size: Column;
}
export interface Column {
  readonly whole: number;
  readonly decimals: number;
}

export const NO_DIGITS: Digits = { price: { whole: 1, decimals: 0 }, size: { whole: 1, decimals: 0 } };

/** Cells of a column: its longest number, or the word above it. */
export const columnWidth = ({ whole, decimals }: Column): number =>
  Math.max('price'.length, whole + (decimals > 0 ? decimals + 1 : 0));

export function widen(
  digits: Digits,
  levels: readonly { readonly exact: { readonly price: string; readonly size: string } }[],
): Digits {
  const price = levels.reduce((column, { exact }) => hold(column, exact.price), digits.price);
  const size = levels.reduce((column, { exact }) => hold(column, exact.size), digits.size);
  return price === digits.price && size === digits.size ? digits : { price, size };
}

function hold(column: Column, text: string): Column {
  const decimals = decimalsOf(text);
  const plain = plainDecimal(text);
  const whole = plain.length - (decimals > 0 ? decimals + 1 : 0);
  if (whole <= column.whole && decimals <= column.decimals) return column;
  return { whole: Math.max(whole, column.whole), decimals: Math.max(decimals, column.decimals) };
}
