import type { OrderBook } from './orderBook.js';

/** Why a book can't be trusted at the moment. */
export type StaleReason = 'gap' | 'checksum' | 'crossed' | 'disconnected' | 'silent' | 'resync';

/** No book yet. */
export interface SyncingBook {
  readonly status: 'syncing';
}
/** The book equals the venue's own at `book.sequence`. */
export interface LiveBook {
  readonly status: 'live';
  readonly book: OrderBook;
}
/** The last book that was right; something since then is missing. */
export interface StaleBook {
  readonly status: 'stale';
  readonly book: OrderBook;
  readonly reason: StaleReason;
  /** When it was noticed, in ms. */
  readonly since: number;
}

/**
 * What is known of a book: `syncing`, then `live` and `stale` in turns; `syncing` never again. Each is a new value; a stale
 * one carries the last book that was right, so that a screen need not go blank.
 */
export type BookState = SyncingBook | LiveBook | StaleBook;
