import type { DepthDiff } from '../model/depthEvent.js';
import type { BookSide } from '../model/orderBook.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { addDecimals } from './decimals.js';
import { removes } from './level.js';
import { plainDecimal } from './ticks.js';
import type { SizeReading } from './fold.js';

/**
 * Sizes are signed changes: the new size is the old one plus what the diff says, added exactly.
 *
 * What no change can be contradicts the book: one that leaves less than nothing, and a 0 where a level stands (whoever
 * sends absolute sizes removes a level so).
 */
export const signedSizes: SizeReading = (book, diff) => {
  const bids = summed(book.bids, diff.bids);
  if (typeof bids === 'string') return bids;
  const asks = summed(book.asks, diff.asks);
  return typeof asks === 'string' ? asks : { ...diff, bids, asks };
};

/** Sizes are the new ones. A size below 0 contradicts that. */
export const absoluteSizes: SizeReading = (_, diff) => negative(diff) ?? diff;

function summed(side: BookSide, changes: readonly PriceLevel[]): readonly PriceLevel[] | string {
  const levels = new Map<string, PriceLevel>();
  for (const change of changes) {
    const { price } = change.exact;
    // A price may be told twice: each change counts.
    const before = levels.get(price) ?? side.get(price);
    if (removes(change) && before !== undefined) return `a change of 0 at ${price}, where a level stands`;
    const text = before === undefined ? change.exact.size : sumOf(before.exact.size, change.exact.size);
    const size = Number(text);
    if (size < 0) return `a change of ${change.exact.size} at ${price} leaves ${text}`;
    levels.set(price, { price: change.price, size, exact: { price, size: text } });
  }
  return [...levels.values()];
}

/** Without zeros at its end, as sizes of smallest units are written. */
const sumOf = (a: string, b: string): string => plainDecimal(addDecimals(a, b));

function negative({ bids, asks }: DepthDiff): string | undefined {
  for (const side of [bids, asks]) {
    for (const { size, exact } of side) if (size < 0) return `a size of ${exact.size} at ${exact.price}`;
  }
  return undefined;
}
