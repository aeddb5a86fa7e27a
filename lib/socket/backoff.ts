import { type Observable, type SchedulerLike, EMPTY, catchError, merge, mergeMap, take, timer } from 'rxjs';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { RetriesExhaustedError } from '../errors/retriesExhaustedError.js';
import { WireLostError } from '../errors/wireLostError.js';
import { nextAttempt } from '../model/attempts.js';
import { steady } from '../time/steadyScheduler.js';

/** How long to wait before the next attempt. A value: nothing in it runs. */
export interface BackoffPolicy {
  /** The ceiling of the second wait, in ms (the first retry is immediate). Default: 500. */
  readonly base: number;
  /** Growth from one ceiling to the next, from 1. Default: 2. */
  readonly factor: number;
  /** No ceiling exceeds this, in ms. Default: 30,000. */
  readonly cap: number;
  /** An uptime of at least this many ms makes the next loss the first again. Default: 5,000. */
  readonly stableAfter: number;
  /** Retries in a row before giving up. Default: `Infinity`. */
  readonly limit: number;
}

/** What exchanges wait by where nothing else is said: at once, then up to 0.5 s, 1 s, 2 s … 30 s, without end. */
export const defaultBackoff: BackoffPolicy = {
  base: 500,
  factor: 2,
  cap: 30_000,
  stableAfter: 5_000,
  limit: Infinity,
};

/**
 * The ceiling of the wait before attempt `attempt` (from 1), in ms: none before the first, then from the base on ever
 * higher, up to the cap.
 */
export const ceilingOf = (
  attempt: number,
  { base, factor, cap }: Pick<BackoffPolicy, 'base' | 'factor' | 'cap'>,
): number =>
  // 0 times a power beyond all doubles is no number.
  attempt > 1 && base > 0 ? Math.min(cap, base * factor ** (attempt - 2)) : 0;

/**
 * The wait before retry number `retry` (from 1), in ms: none before the first, then anywhere between 0 and a ceiling
 * that grows up to the cap. Full jitter keeps clients that lost the same server apart.
 *
 * @param random A number in [0, 1).
 */
export const backoffDelay = (policy: BackoffPolicy, retry: number, random: number): number =>
  random * ceilingOf(retry, policy);

export interface BackoffConfig {
  readonly policy: BackoffPolicy;
  /** In [0, 1). */
  readonly random: () => number;
  readonly scheduler: SchedulerLike;
  /** How long the attempt that failed had been up, in ms; 0 where it never was. */
  readonly uptimeOf: (error: unknown) => number;
  /** Whether no retry can help. The error then ends the stream as it is. */
  readonly isFatal: (error: unknown) => boolean;
  /** Cuts a wait short. */
  readonly wake?: Observable<unknown> | undefined;
  /** Told before each wait. */
  readonly onWait?: ((ms: number, retry: number) => void) | undefined;
}

/** However long a venue asks us to stay away, it is tried again after so long, in ms. */
const LONGEST_REQUESTED = 300_000;

/** For how long the refusal of an opening asks us to stay away (`Retry-After`), in ms. */
function requestedBy(error: unknown): number {
  const refusal = error instanceof WireLostError ? error.cause : error;
  return refusal instanceof RequestFailedError ? (refusal.retryAfter ?? 0) : 0;
}

/**
 * A notifier for `retryWhen`: waits by the policy after each error, and by as much as the venue asked for before that, up
 * to 5 minutes; gives up on a fatal one.
 *
 *     errors    x-------x--------------x------
 *     backoff   r-------~~r------------~~~~~r-     r: retry; ~: waiting, a random part of the ceiling
 *
 * @throws (on the stream) the error itself where it is fatal, a {@link RetriesExhaustedError} past the limit.
 */
export function backoff(config: BackoffConfig): (errors: Observable<unknown>) => Observable<unknown> {
  const { policy, random, uptimeOf, isFatal, wake = EMPTY, onWait } = config;
  // One that ends or breaks must neither end the wait nor the stream.
  const wakes = wake.pipe(catchError(() => EMPTY));
  const time = steady(config.scheduler);
  return (errors) => {
    let retries = 0;
    return errors.pipe(
      mergeMap((error) => {
        if (isFatal(error)) throw error;
        retries = nextAttempt(retries, uptimeOf(error), policy.stableAfter);
        if (retries > policy.limit) throw new RetriesExhaustedError(policy.limit, { cause: error });
        const ms = Math.min(requestedBy(error), LONGEST_REQUESTED) + backoffDelay(policy, retries, random());
        onWait?.(ms, retries);
        return merge(timer(ms, time), wakes).pipe(take(1));
      }),
    );
  };
}
