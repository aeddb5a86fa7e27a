import { asyncScheduler, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';
import { aFiniteNumber, aFunction, aScheduler, checkConfig } from '../errors/optionRules.js';
import { windows } from './shared/windows.js';

/** How long {@link conflate} holds values back, and which ones don't wait. */
export interface ConflateConfig<T> {
  /** Length of a window, in ms. */
  readonly every: number;
  /**
   * Whether a value must not wait, given the one that came before it. It passes at once, what was held before it is
   * void, and a new window begins with it. For book states: {@link statusChanged}. Default: none is.
   */
  readonly urgent?: (previous: T, next: T) => boolean;
  /** Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

/**
 * The first value at once, then the latest at each window's end, and nothing where nothing came: for screens and slow
 * consumers that want to know how things stand, not each step on the way.
 *
 *     source               -ab-c---------d--e|
 *     conflate every 5 ms  -a----c-------d----(e|)    drawn and tested in marbles/conflate.txt
 *
 * A window begins with each emission; the first value after a window in which nothing came passes at once.
 *
 *     books$.pipe(conflate({ every: 100, urgent: statusChanged }))    // going stale is never held back
 *
 * @returns An operator. Completes when what is held at the source's end was emitted; errors at once with the source, or
 * with what `urgent` throws.
 * @throws InvalidArgumentError at once for a config that can't be meant: an `every` that is not above 0, for instance.
 */
export function conflate<T>(config: ConflateConfig<T>): MonoTypeOperatorFunction<T> {
  checkConfig('config', config, { every: aFiniteNumber }, { urgent: aFunction, scheduler: aScheduler });
  const { every, urgent, scheduler = asyncScheduler } = config;
  return windows({ every, nameOf: () => '', urgent, atEnd: 'waits', scheduler });
}
