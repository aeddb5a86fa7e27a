import type { DepthDiff } from '../model/depthEvent.js';
import type { OrderBook } from '../model/orderBook.js';

/**
 * Reads a diff whose sizes are not simply the new ones: the diff with the new size at each price, or, as a text, what of
 * it contradicts the book it is meant for.
 */
export type SizeReading = (book: OrderBook, diff: DepthDiff) => DepthDiff | string;
