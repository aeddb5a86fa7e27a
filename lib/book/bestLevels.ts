import type { BookLevels } from '../model/bookLevels.js';
import type { OrderBook } from '../model/orderBook.js';

/** The best levels of both sides of a book, at most so many of each. */
export const bestLevels = (
  { instrument, bids, asks, sequence, venueTime, receivedTime }: OrderBook,
  count: number,
): BookLevels => ({
  instrument,
  bids: bids.slice(count),
  asks: asks.slice(count),
  sequence,
  venueTime,
  receivedTime,
});
