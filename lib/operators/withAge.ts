import {
  asyncScheduler,
  ignoreElements,
  interval,
  map,
  merge,
  endWith,
  takeUntil,
  withLatestFrom,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';
import { aFiniteNumber, aScheduler, checkConfig } from '../errors/optionRules.js';
import type { BookState } from '../model/bookState.js';
import { steady } from '../time/steadyScheduler.js';
import { connectOwned } from './shared/connectOwned.js';

/** How often the age of a book is told. */
export interface WithAgeConfig {
  /** How often the age is told again, in ms. */
  readonly every: number;
  /** The clock that stamps `receivedTime`: the one the exchange was given. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

/** A state of a book, and how old its news is. */
export interface AgedBookState {
  /** As it came. */
  readonly state: BookState;
  /** How long ago the last change of the book was received, in ms; without a book, how long ago `state` came. */
  readonly age: number;
}

/**
 * Each state of a book with its age, and again at every tick: so that a quiet book can be told from a dead one, and a
 * screen can show how old its numbers are.
 *
 *     states               -a-----b--|
 *     withAge every 3 ms   -a-x--yb-z|    drawn and tested in marbles/withAge.txt
 *
 * @returns An operator. Ticks count from the subscription and are silent before the first state. Errors and completes
 * with the source.
 * @throws InvalidArgumentError at once for a config that can't be meant: an `every` that is not above 0, for instance.
 */
export function withAge(config: WithAgeConfig): OperatorFunction<BookState, AgedBookState> {
  checkConfig('config', config, { every: aFiniteNumber }, { scheduler: aScheduler });
  const { every, scheduler = asyncScheduler } = config;
  const time = steady(scheduler);
  return (source) =>
    source.pipe(
      map((state) => {
        const now = time.now();
        const from = 'book' in state ? state.book.receivedTime : now;
        return { state, from, past: Math.max(0, now - from) - time.elapsed() };
      }),
      connectOwned((states) => {
        const ended = states.pipe(ignoreElements(), endWith(undefined));
        const ticks = interval(every, time).pipe(
          withLatestFrom(states, (_, latest) => latest),
          takeUntil(ended),
        );
        // Ticks know a state before it is emitted: what an observer causes by it is newer.
        return merge(ticks, states);
      }),
      // At least as long as it is here, whatever the clock was set to meanwhile.
      map(({ state, from, past }) => ({ state, age: Math.max(time.now() - from, time.elapsed() + past) })),
    );
}
