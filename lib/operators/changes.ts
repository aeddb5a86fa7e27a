import { map, scan, type OperatorFunction } from 'rxjs';
import { changesOf } from '../book/changesOf.js';
import type { BookLevels } from '../model/bookLevels.js';
import type { OrderBook } from '../model/orderBook.js';

/**
 * What is different in each book from the one before it: levels with their new sizes, and a size of 0 where a level is gone,
 * digit for digit. Put behind `conflate` it says what changed in a window; behind `live()` it spans what was mended.
 *
 *     books    -a-b-c-|    b changes a bid, c takes an ask away
 *     changes  -x-y-z-|    x is all of a; drawn and tested in marbles/changes.txt
 *
 * @returns An operator. The first value holds all levels of the first book; a book like the one before it makes a value without
 * levels. Folding the values in order makes each book again. Sequence and times are those of the later book. Errors and
 * completes with the source.
 */
export function changes(): OperatorFunction<OrderBook, BookLevels> {
  return (source) =>
    source.pipe(
      scan<OrderBook, Step, Step | undefined>((before, book) => ({ before: before?.book, book }), undefined),
      map(({ before, book: { instrument, bids, asks, sequence, venueTime, receivedTime } }) => ({
        instrument,
        bids: changesOf(before?.bids ?? [], bids, -1),
        asks: changesOf(before?.asks ?? [], asks, 1),
        sequence,
        venueTime,
        receivedTime,
      })),
    );
}

interface Step {
  readonly before: OrderBook | undefined;
  readonly book: OrderBook;
}
