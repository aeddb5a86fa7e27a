import type { OrderBook } from './orderBook.js';
import type { Live, Stale, Syncing } from './trust.js';

/**
 * Why a book can't be trusted at the moment. `silent` and `lagging` are no loss: the next diff of a silent book makes it live
 * again, and a lagging one is folded on and live as soon as its wire has caught up.
 */
export type StaleReason = 'gap' | 'checksum' | 'crossed' | 'disconnected' | 'silent' | 'resync' | 'lagging';

/** No book yet. */
export type SyncingBook = Syncing;
/** The book equals the venue's own at `book.sequence`. */
export interface LiveBook<B extends OrderBook = OrderBook> extends Live {
  /** The book as the venue has it at `book.sequence`. */
  readonly book: B;
}
/** The last book that was right; something since then is missing. */
export interface StaleBook<B extends OrderBook = OrderBook> extends Stale<StaleReason> {
  /** The last one that was right. */
  readonly book: B;
}

/**
 * What is known of a book: `syncing`, then `live` and `stale` in turns; `syncing` never again. Each is a new value; a stale
 * one carries the last book that was right, so that a screen need not go blank. Some books tell more (`BookByOrder`).
 */
export type BookState<B extends OrderBook = OrderBook> = SyncingBook | LiveBook<B> | StaleBook<B>;
