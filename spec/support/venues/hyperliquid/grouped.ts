import type { LevelText as Level } from '../../../../lib/simulation/market/side.js';
import type { DepthSides as Sides } from '../../../../lib/simulation/topics/depthWindow.js';

/** So many digits of a price count. */
export const DIGITS = 5;

const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;
const unitsOf = (text: string): bigint => BigInt(text.replace('.', ''));

function textOf(units: bigint, decimals: number): string {
  const digits = String(units).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Prices of a side put together to so many digits: bids down, asks up. Both sides best first, as they come out. */
function side(levels: readonly Level[], isUp: boolean): readonly Level[] {
  const sums = new Map<string, { sum: bigint; decimals: number }>();
  for (const [price, size] of levels) {
    const units = unitsOf(price);
    const step = 10n ** BigInt(Math.max(0, String(units).length - DIGITS));
    const down = (units / step) * step;
    const rounded = textOf(isUp && down < units ? down + step : down, decimalsOf(price));
    const { sum = 0n } = sums.get(rounded) ?? {};
    sums.set(rounded, { sum: sum + unitsOf(size), decimals: decimalsOf(size) });
  }
  return [...sums].map(([price, { sum, decimals }]): Level => [price, textOf(sum, decimals)]);
}

/** A book as it is told to {@link DIGITS} digits. */
export const grouped = ({ bids, asks }: Sides): Sides => ({ bids: side(bids, false), asks: side(asks, true) });
