import { filter, map, type OperatorFunction } from 'rxjs';
import type { BookState, LiveBook } from '../model/bookState.js';
import type { OrderBook } from '../model/orderBook.js';

/**
 * The book, only while it is live: silent while there is none yet or while it is being mended.
 *
 *     states  -s-a-b---g---c-|    s syncing, g stale by a gap
 *     live    ---a-b-------c-|    drawn and tested in marbles/live.txt
 *
 * Who must act when the book stops being right (pull quotes, grey out a screen) takes {@link liveOrNone}: silence can't
 * be told from a quiet market.
 *
 * @returns An operator. Each book is the venue's own at its sequence. Errors and completes with the source.
 */
export function live<B extends OrderBook = OrderBook>(): OperatorFunction<BookState<B>, B> {
  return (source) =>
    source.pipe(
      filter((state): state is LiveBook<B> => state.status === 'live'),
      map(({ book }) => book),
    );
}
