import {
  asyncScheduler,
  endWith,
  ignoreElements,
  map,
  merge,
  of,
  switchMap,
  takeUntil,
  timer,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { aFiniteNumber, aScheduler, checkConfig } from '../errors/optionRules.js';
import type { BookState, StaleBook } from '../model/bookState.js';
import { steady } from '../time/steadyScheduler.js';
import { connectOwned } from './shared/connectOwned.js';

/** How long a book may say nothing. */
export interface StaleAfterConfig {
  /** A live book without a change for so many ms is stale. */
  readonly after: number;
  /** The clock that stamps `since`: the one the exchange was given. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

/**
 * Takes a book that has not changed for a while for stale, by a measure of one's own: who quotes by it may want to be more
 * careful than the feed, whose own bound (`silentAfter`) has the book mended.
 *
 *     states              -a--b--------c--|
 *     staleAfter 5 ms     -a--b----x---c--|    x is b, stale as silent; drawn and tested in marbles/staleAfter.txt
 *
 * Nothing is asked of the venue by it. The next state of the source counts as it says.
 *
 * @returns An operator. Each state at once; a live one after which nothing came is told once more, stale with the reason
 * `silent`. Errors and completes with the source.
 * @throws InvalidArgumentError at once for a config that can't be meant: an `after` that is not above 0, for instance.
 */
export function staleAfter(config: StaleAfterConfig): MonoTypeOperatorFunction<BookState> {
  checkConfig('config', config, { after: aFiniteNumber }, { scheduler: aScheduler });
  const { after, scheduler = asyncScheduler } = config;
  const time = steady(scheduler);
  const watched = (state: BookState): Observable<BookState> =>
    state.status !== 'live'
      ? of(state)
      : merge(
          of(state),
          timer(after, time).pipe(
            map((): StaleBook => ({ status: 'stale', book: state.book, reason: 'silent', since: time.now() })),
          ),
        );
  return connectOwned((states) =>
    states.pipe(switchMap(watched), takeUntil(states.pipe(ignoreElements(), endWith(undefined)))),
  );
}
