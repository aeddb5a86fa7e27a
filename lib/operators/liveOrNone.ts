import { distinctUntilChanged, map, type OperatorFunction } from 'rxjs';
import type { BookState } from '../model/bookState.js';
import type { OrderBook } from '../model/orderBook.js';

/**
 * The book while it is live, and `undefined` as soon as it is not, so that a strategy can pull its quotes at once.
 *
 *     states      -s-a-b-g-h-c-|    s syncing, g and h stale
 *     liveOrNone  -u-a-b-u---c-|    u undefined; drawn and tested in marbles/liveOrNone.txt
 *
 * @returns An operator. `undefined` is not repeated. Errors and completes with the source.
 */
export function liveOrNone<B extends OrderBook = OrderBook>(): OperatorFunction<BookState<B>, B | undefined> {
  return (source) =>
    source.pipe(
      map((state) => (state.status === 'live' ? state.book : undefined)),
      distinctUntilChanged((previous, next) => previous === undefined && next === undefined),
    );
}
