import type { PriceLevel } from '../model/priceLevel.js';
import { ceilToStep, floorToStep } from './decimals.js';
import { comparePrices, levelOf } from './level.js';
import { sumOfSizes } from './sumOfSizes.js';

/**
 * Puts the levels of a side together at multiples of `step`, best first; sizes are exact sums. Bids are rounded down and
 * asks up, so a group never promises a better price than its levels have.
 *
 * @param side Best first.
 * @param depth At most this many groups.
 */
export function groupSide(
  side: Iterable<PriceLevel>,
  of: 'bids' | 'asks',
  step: string,
  depth = Infinity,
): readonly PriceLevel[] {
  const [round, sign] = of === 'bids' ? ([floorToStep, 1] as const) : ([ceilToStep, -1] as const);
  const groups: PriceLevel[] = [];
  let edge: PriceLevel | undefined;
  let members: PriceLevel[] = [];
  const finish = (): void => {
    const [first] = members;
    if (edge === undefined || first === undefined) return;
    groups.push(levelOf(edge.exact.price, members.length === 1 ? first.exact.size : sumOfSizes(members)));
  };
  for (const level of side) {
    // The levels come in order, so all but the first of a group need no rounding: only whether they are past its edge.
    if (edge === undefined || sign * comparePrices(level, edge) < 0) {
      finish();
      if (groups.length >= depth) return groups;
      edge = levelOf(round(level.exact.price, step), '0');
      members = [];
    }
    members.push(level);
  }
  finish();
  return groups;
}
