import {
  type Observable,
  type SchedulerLike,
  defer,
  exhaustMap,
  filter,
  finalize,
  ignoreElements,
  merge,
  observeOn,
  tap,
} from 'rxjs';
import type { Unread } from '../../codec/sparing.js';
import { every } from '../../socket/every.js';
import type { Markets, O2Market } from './markets.js';
import type { Rest } from './rest.js';

/** How often the venue's markets are asked for while an account is followed, in ms. */
const LISTED_EVERY = 30_000;

/** What loading an account's state takes. */
export interface LoadContext {
  readonly rest: Rest;
  /** What the venue lists now. */
  readonly listed$: Observable<readonly O2Market[]>;
  readonly now: () => number;
  readonly unread: Unread;
}

/** What keeps an account's state from missing a market that is listed after it was loaded. */
export interface Listings {
  /** What is listed now, as a load of the state asks for it. */
  readonly listed$: Observable<readonly O2Market[]>;
  /** Goes around each load of the state. */
  readonly loading: <S>(load$: Observable<S>) => Observable<S>;
  /** Emits when the venue lists a market that the last load did not ask about. */
  readonly resync$: Observable<unknown>;
}

/**
 * REST tells of an account market by market. What it has in a market that the venue lists later, and that no update
 * happens to tell of, would be missing for good: so the list is looked at every so often, and what is new in it has the
 * state loaded again.
 */
export function watchListings(markets: Markets, scheduler: SchedulerLike): Listings {
  let loads = 0;
  let listed: readonly O2Market[] | undefined;
  const isNew = ({ id }: O2Market): boolean => listed?.every((one) => one.id !== id) === true;
  return {
    listed$: markets.loaded().pipe(
      tap((all) => {
        listed = all;
      }),
    ),
    loading: (load$) =>
      defer(() => {
        loads += 1;
        return load$.pipe(
          finalize(() => {
            loads -= 1;
          }),
        );
      }),
    resync$: merge(
      // What a load has just asked for is not new when it comes to that.
      markets.changed$.pipe(
        observeOn(scheduler),
        filter((all) => loads === 0 && all.some(isNew)),
      ),
      every(LISTED_EVERY, scheduler).pipe(
        exhaustMap(() => markets.refreshed()),
        ignoreElements(),
      ),
    ),
  };
}
