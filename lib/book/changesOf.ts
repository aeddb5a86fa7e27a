import type { PriceLevel } from '../model/priceLevel.js';
import { comparePrices, levelOf } from './level.js';
import { sameLevel } from './sameLevel.js';

/**
 * What makes one version of a side into another, best price first: levels with their new sizes, and a size of 0 where a
 * level is gone. Folding them into `before` gives `after`, digit for digit.
 *
 * @param sign 1 for asks, -1 for bids.
 */
export function changesOf(
  before: Iterable<PriceLevel>,
  after: Iterable<PriceLevel>,
  sign: 1 | -1,
): readonly PriceLevel[] {
  const changes: PriceLevel[] = [];
  const [olds, news] = [before[Symbol.iterator](), after[Symbol.iterator]()];
  let [old, next] = [take(olds), take(news)];
  while (old !== undefined || next !== undefined) {
    const order = old === next ? 0 : orderOf(old, next, sign);
    if (order < 0 && old !== undefined) changes.push(levelOf(old.exact.price, '0'));
    else if (next !== undefined && !(order === 0 && sameLevel(old, next))) changes.push(next);
    if (order <= 0) old = take(olds);
    if (order >= 0) next = take(news);
  }
  return changes;
}

const take = (levels: Iterator<PriceLevel>): PriceLevel | undefined => {
  const next = levels.next();
  return next.done === true ? undefined : next.value;
};

/** Negative when the old level comes first; one that isn't there comes last. */
function orderOf(old: PriceLevel | undefined, next: PriceLevel | undefined, sign: 1 | -1): number {
  if (old === undefined) return 1;
  return next === undefined ? -1 : sign * comparePrices(old, next);
}
