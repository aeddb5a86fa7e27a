import { distinctUntilChanged, map, type OperatorFunction } from 'rxjs';
import { imbalanceOf } from '../book/imbalanceOf.js';
import type { OrderBook } from '../model/orderBook.js';
import { aCount, checkKind } from '../errors/optionRules.js';

/**
 * How much more is bid than asked, (bids − asks) / (bids + asks) over the sizes of the best levels, whenever it changes.
 *
 *     books         -a-b-c-d-|    c changes a deeper level, d is empty
 *     imbalance(1)  -x-y---u-|    u undefined; drawn and tested in marbles/imbalance.txt
 *
 * @param levels How many levels of each side count, at least 1.
 * @returns An operator. Each value lies between −1 (asks only) and 1 (bids only); `undefined` for an empty book. Errors
 * and completes with the source.
 * @throws InvalidArgumentError at once when `levels` is no such number.
 */
export function imbalance(levels: number): OperatorFunction<OrderBook, number | undefined> {
  checkKind('levels', aCount, levels);
  return (source) =>
    source.pipe(
      map((book) => imbalanceOf(book, levels)),
      distinctUntilChanged(),
    );
}
