import { Big } from 'big.js';
import type { WatchState } from './watchState.js';

/** Levels are put together at most to this share of the price. */
const COARSEST = 0.02;

/**
 * How wide levels are after so many steps, as a decimal: ten and five times as wide in turn as the finest price that was
 * seen, 0.01 → 0.05, 0.1, 0.5, 1 …; `undefined` for as the venue tells them.
 */
export function groupStep(decimals: number, grouping: number): string | undefined {
  if (grouping <= 0) return undefined;
  const power = Math.floor(grouping / 2) - decimals;
  return new Big(grouping % 2 === 1 ? 5 : 1).times(new Big(10).pow(power)).toFixed();
}

/** After how many steps it gets no coarser. */
export function coarsest(view: WatchState | undefined): number {
  if (view === undefined || view.book.status === 'syncing') return 0;
  const { bestBid, bestAsk } = view.book.book;
  const price = bestBid?.price ?? bestAsk?.price ?? 0;
  let steps = 0;
  while (Number(groupStep(view.digits.price.decimals, steps + 1)) <= price * COARSEST) steps += 1;
  return steps;
}
