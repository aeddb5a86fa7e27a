import type { SchedulerLike } from 'rxjs';
import type { BookState, StaleReason } from '../model/bookState.js';
import type { BookUpdate } from '../model/bookUpdate.js';
import type { OrderBook } from '../model/orderBook.js';
import { doubted, syncing } from '../model/trust.js';

/**
 * What is told of a book while its wire is late: that it is stale as `lagging`. It is folded on meanwhile, and its events go
 * on; no state is told for each of them, so that whoever has to catch up has less to do.
 */
export class Lateness {
  #isLate = false;
  /** What the book claims. */
  #claim: BookState = syncing;
  /** What is told of that. */
  #told: BookState = syncing;

  /** An update of the book, as it is to be told. */
  of(update: BookUpdate, clock: Pick<SchedulerLike, 'now'>): BookUpdate {
    const { state, events } = update;
    if (state !== this.#claim) {
      this.#claim = state;
      this.#told = this.#isLate ? whileLate(this.#told, state, clock.now()) : state;
    }
    return this.#told === state ? update : { state: this.#told, events };
  }

  /** @returns What is to be told of its beginning, or its end. */
  turn(isLate: boolean, at: number): BookUpdate | undefined {
    const before = this.#told;
    this.#isLate = isLate;
    this.#told = isLate ? whileLate(before, this.#claim, at) : this.#claim;
    return this.#told === before ? undefined : { state: this.#told, events: [] };
  }

  /** The session is over, and with it that its wire was late: why a book is stale is told already. */
  end(): void {
    this.#isLate = false;
  }
}

function whileLate(told: BookState, claim: BookState, at: number): BookState {
  if (claim.status === 'syncing') return claim;
  const since = told.status === 'stale' ? told.since : at;
  if (claim.status === 'stale') return since < claim.since ? { ...claim, since } : claim;
  // Told at once, though it was never live: there is a book to show.
  return told.status === 'syncing'
    ? { status: 'stale', book: claim.book, reason: 'lagging', since }
    : doubted<{ readonly book: OrderBook }, StaleReason>(told, 'lagging', at);
}
