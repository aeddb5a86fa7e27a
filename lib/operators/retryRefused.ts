import { asyncScheduler, retry, throwError, timer, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';
import { aCount, aFiniteNumber, aFunction, aScheduler, checkOptions } from '../errors/optionRules.js';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import { steady } from '../time/steadyScheduler.js';

/** How often a refused channel is asked for again. */
export interface RetryRefusedConfig {
  /** How long after the first refusal, in ms; each further pause is twice as long. Default: 5,000. */
  readonly first?: number;
  /** No pause is longer, in ms. Default: 300,000. */
  readonly longest?: number;
  /** How many refusals in a row are met so; the next one ends the stream. Default: `Infinity`. */
  readonly limit?: number;
  /** Called for each refusal that is met, with the pause in ms before the channel is asked for again. Default: not told. */
  readonly onRefused?: (error: SubscriptionRefusedError, pause: number) => void;
  /** Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

/**
 * Asks again for a channel that the venue refused, where it may exist later: an instrument that is to be listed, a right that
 * is to be granted. Pauses grow from one refusal to the next and begin anew after a value.
 *
 *     source        --#                   refused
 *                                --a--
 *     retryRefused  ------------------a-   drawn and tested in marbles/retryRefused.txt
 *
 * @returns An operator. Any other error ends the stream at once, and so does a refusal past the limit. Completes with the
 * source.
 * @throws InvalidArgumentError at once for a config that can't be meant: a pause that is not above 0, for instance.
 */
export function retryRefused<T>(config: RetryRefusedConfig = {}): MonoTypeOperatorFunction<T> {
  checkOptions('config', config, {
    first: aFiniteNumber,
    longest: aFiniteNumber,
    limit: aCount,
    onRefused: aFunction,
    scheduler: aScheduler,
  });
  const { first = 5_000, longest = 300_000, limit = Infinity, onRefused, scheduler = asyncScheduler } = config;
  const time = steady(scheduler);
  return retry<T>({
    resetOnSuccess: true,
    delay: (error: unknown, refusals: number) => {
      if (!(error instanceof SubscriptionRefusedError) || refusals > limit) return throwError(() => error);
      const pause = Math.min(longest, first * 2 ** (refusals - 1));
      onRefused?.(error, pause);
      return timer(pause, time);
    },
  });
}
