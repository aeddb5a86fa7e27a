import type { PriceLevel } from '../model/priceLevel.js';
import { sumDecimals } from './decimals.js';

/**
 * The exact sum of the sizes of levels, as decimal text.
 *
 * Sizes of one book mostly have the same number of decimals and fewer digits than a double holds. Such are summed as
 * whole numbers of their last decimal, ten times as fast as integers of any length.
 */
export function sumOfSizes(levels: readonly PriceLevel[]): string {
  const decimals = decimalsOf(levels[0]);
  const scale = 10 ** decimals;
  let units = 0;
  for (const level of levels) {
    if (decimalsOf(level) !== decimals) return exactly(levels);
    // A double of 15 digits times a power of ten is off by less than a third, so rounding gives the very number.
    units += Math.round(level.size * scale);
  }
  if (!Number.isSafeInteger(units)) return exactly(levels);
  const digits = String(units).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

const exactly = (levels: readonly PriceLevel[]): string => sumDecimals(levels.map(({ exact }) => exact.size));

/** How many decimals a size has; NaN, which equals nothing, where a double might not hold all its digits. */
function decimalsOf(level: PriceLevel | undefined): number {
  const text = level?.exact.size ?? '0';
  if (text.length > 15 || text.startsWith('-') || text.includes('e') || text.includes('E')) return NaN;
  const dot = text.indexOf('.');
  return dot < 0 ? 0 : text.length - dot - 1;
}
