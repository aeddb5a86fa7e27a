import { distinctUntilChanged, map, type OperatorFunction } from 'rxjs';
import { sameLevel } from '../book/sameLevel.js';
import { topOf } from '../book/topOf.js';
import type { OrderBook } from '../model/orderBook.js';
import type { TopOfBook } from '../model/topOfBook.js';

/**
 * Best bid and ask with mid and spread, whenever the price or the size of one of them changes, digit for digit.
 *
 *     books      -a-b-c-d-|    b changes a deeper level, d empties the bids
 *     topOfBook  -a---c-d-|    drawn and tested in marbles/topOfBook.txt
 *
 * @returns An operator. A side that is empty is `undefined`, and so are mid and spread then. Sequence and times are
 * those of the book in which the top changed. Errors and completes with the source.
 */
export function topOfBook(): OperatorFunction<OrderBook, TopOfBook> {
  return (source) =>
    source.pipe(
      distinctUntilChanged((a, b) => sameLevel(a.bestBid, b.bestBid) && sameLevel(a.bestAsk, b.bestAsk)),
      map(topOf),
    );
}
