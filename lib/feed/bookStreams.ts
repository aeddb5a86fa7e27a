import { Observable, filter } from 'rxjs';
import { isBookByOrder } from '../book/byOrder/isByOrder.js';
import type { BookByOrder } from '../model/bookByOrder.js';
import type { BookState, LiveBook, StaleBook } from '../model/bookState.js';
import type { DepthEvent, DepthSnapshot } from '../model/depthEvent.js';
import type { OrderBook } from '../model/orderBook.js';
import type { BookUpdate } from '../model/bookUpdate.js';
import { passOn } from './passOn.js';

/** The states of a shared feed, each once; late observers get the present one at once. */
export const statesOf = (updates$: Observable<BookUpdate>): Observable<BookState> =>
  new Observable((subscriber) => {
    let emitted: BookState | undefined;
    return passOn(updates$, subscriber, ({ state }) => {
      if (state === emitted) return;
      emitted = state;
      subscriber.next(state);
    });
  });

/** The same of a book whose fold is `byOrder`, by what its levels tell. */
export const statesByOrder = ({
  state$,
}: {
  readonly state$: Observable<BookState>;
}): Observable<BookState<BookByOrder>> => state$.pipe(filter(isStateByOrder));

const isStateByOrder = (state: BookState): state is BookState<BookByOrder> =>
  state.status === 'syncing' || isBookByOrder(state.book);

/**
 * The events of a shared feed, for folds of somebody's own. A late observer begins with a snapshot of the book as it
 * stands, so that every later diff continues what it holds; while the book is not live it waits for the next snapshot, or
 * until a lagging one has caught up.
 */
export const eventsOf = (updates$: Observable<BookUpdate>): Observable<DepthEvent> =>
  new Observable((subscriber) => {
    let begun = false;
    return passOn(updates$, subscriber, ({ state, events }) => {
      if (begun) for (const event of events) subscriber.next(event);
      else if (isContinued(state)) subscriber.next(snapshotOf(state.book));
      // What a lagging one shows is older than what its diffs continue.
      begun ||= state.status !== 'stale' || state.reason !== 'lagging';
    });
  });

/** A book that fell silent is not wrong: the next diff continues it. */
const isContinued = (state: BookState): state is LiveBook | StaleBook =>
  state.status === 'live' || (state.status === 'stale' && state.reason === 'silent');

const snapshotOf = ({ instrument, bids, asks, sequence, venueTime, receivedTime }: OrderBook): DepthSnapshot => ({
  type: 'snapshot',
  instrument,
  sequence,
  bids: bids.slice(),
  asks: asks.slice(),
  venueTime,
  receivedTime,
});
