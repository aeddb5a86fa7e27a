import type { SchedulerLike } from 'rxjs';
import type { BookState, StaleReason } from '../model/bookState.js';
import type { BookUpdate } from '../model/bookUpdate.js';
import type { OrderBook } from '../model/orderBook.js';
import { invalidated, syncing } from '../model/trust.js';

/**
 * What is emitted of a book while its wire is late: that it is stale as `lagging`. It is folded on meanwhile, and its events go
 * on; no state is emitted for each of them, so that whoever has to catch up has less to do.
 */
export class Lateness {
  #isLate = false;
  /** What the book claims. */
  #claim: BookState = syncing;
  /** What is emitted of that. */
  #emitted: BookState = syncing;

  /** An update of the book, as it is to be emitted. */
  of(update: BookUpdate, clock: Pick<SchedulerLike, 'now'>): BookUpdate {
    const { state, events } = update;
    if (state !== this.#claim) {
      this.#claim = state;
      this.#emitted = this.#isLate ? whileLate(this.#emitted, state, clock.now()) : state;
    }
    return this.#emitted === state ? update : { state: this.#emitted, events };
  }

  /** @returns What is to be emitted of its beginning, or its end. */
  turn(isLate: boolean, at: number): BookUpdate | undefined {
    const before = this.#emitted;
    this.#isLate = isLate;
    this.#emitted = isLate ? whileLate(before, this.#claim, at) : this.#claim;
    return this.#emitted === before ? undefined : { state: this.#emitted, events: [] };
  }

  /** The session is over, and with it that its wire was late: why a book is stale is emitted already. */
  end(): void {
    this.#isLate = false;
  }
}

function whileLate(emitted: BookState, claim: BookState, at: number): BookState {
  if (claim.status === 'syncing') return claim;
  const since = emitted.status === 'stale' ? emitted.since : at;
  if (claim.status === 'stale') return since < claim.since ? { ...claim, since } : claim;
  // Emitted at once, though it was never live: there is a book to show.
  return emitted.status === 'syncing'
    ? { status: 'stale', book: claim.book, reason: 'lagging', since }
    : invalidated<{ readonly book: OrderBook }, StaleReason>(emitted, 'lagging', at);
}
