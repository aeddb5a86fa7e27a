import type { OrderBook } from '../model/orderBook.js';

/**
 * Whether a book has the checksum the venue told for it. Called with the book as folded, cut to the subscribed depth
 * and to nothing less; a view that shows fewer levels is cut afterwards. Each venue with checksums brings its own.
 */
export type ChecksumTest = (book: OrderBook, expected: number | string) => boolean;
