import type { OrderBook } from './orderBook.js';
import type { PriceLevel } from './priceLevel.js';

/** A view of a book: some of its levels, or its levels put together. Sequence and times are the book's. */
export interface BookLevels extends Pick<OrderBook, 'instrument' | 'sequence' | 'venueTime' | 'receivedTime'> {
  /** Highest price first. */
  readonly bids: readonly PriceLevel[];
  /** Lowest price first. */
  readonly asks: readonly PriceLevel[];
}
