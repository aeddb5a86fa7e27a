import type { PriceLevel } from '../model/priceLevel.js';
import { addDecimals, compareDecimals, multiplyDecimals, subtractDecimals } from './decimals.js';

/** What an order of some size takes out of one side of a book. */
export interface Walk {
  /** How much of the order the side can fill, exact: the size asked for, or all there is. */
  readonly filled: string;
  /** What that costs, exact: the sum of price × size. */
  readonly cost: string;
  /** The last level it reaches; none of an empty side. */
  readonly worst: PriceLevel | undefined;
}

/** Takes `size` from a side, best price first. */
export function walkSide(side: Iterable<PriceLevel>, size: string): Walk {
  let [filled, cost, left] = ['0', '0', size];
  let worst: PriceLevel | undefined;
  for (const level of side) {
    const { price, size: there } = level.exact;
    const taken = compareDecimals(there, left) < 0 ? there : left;
    filled = addDecimals(filled, taken);
    cost = addDecimals(cost, multiplyDecimals(price, taken));
    left = subtractDecimals(left, taken);
    worst = level;
    if (compareDecimals(left, '0') === 0) break;
  }
  return { filled, cost, worst };
}
