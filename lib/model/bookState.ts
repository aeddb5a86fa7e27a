import type { OrderBook } from './orderBook.js';
import type { Live, Stale, Syncing } from './trust.js';

/** Why a book can't be trusted at the moment. */
export type StaleReason = 'gap' | 'checksum' | 'crossed' | 'disconnected' | 'silent' | 'resync';

/** No book yet. */
export type SyncingBook = Syncing;
/** The book equals the venue's own at `book.sequence`. */
export interface LiveBook extends Live {
  readonly book: OrderBook;
}
/** The last book that was right; something since then is missing. */
export interface StaleBook extends Stale<StaleReason> {
  readonly book: OrderBook;
}

/**
 * What is known of a book: `syncing`, then `live` and `stale` in turns; `syncing` never again. Each is a new value; a stale
 * one carries the last book that was right, so that a screen need not go blank.
 */
export type BookState = SyncingBook | LiveBook | StaleBook;
