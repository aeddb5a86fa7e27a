import {
  type Observable,
  type SchedulerLike,
  type Subscription,
  defer,
  switchMap,
  take,
  throwIfEmpty,
  timer,
} from 'rxjs';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { FaultNotice } from '../model/fault.js';
import { steady } from '../time/steadyScheduler.js';
import { type PausePolicy, pauseBefore } from './pause.js';

export interface ReloaderConfig<S> {
  /** The channel's key; stands in the faults. */
  readonly channel: string;
  /** Its first value counts. */
  readonly load: () => Observable<S>;
  readonly loaded: (value: S) => void;
  /** There is nothing to be loaded, for good. */
  readonly refused: (error: SubscriptionRefusedError) => void;
  /** Has something done when all that was begun before is done. */
  readonly step: (work: () => void) => void;
  readonly pause: PausePolicy;
  readonly scheduler: SchedulerLike;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: (fault: FaultNotice) => void;
}

/** Loads an account's state: one question at a time, asked again after a pause where it fails. */
export interface Reloader {
  /** Asks after so many ms. A question that is out or planned is dropped. */
  readonly ask: (wait: number) => void;
  /** Drops the question that is out or planned. */
  readonly stop: () => void;
  /** The same for good: nothing is asked afterwards. */
  readonly end: () => void;
  /** Whether a question is out or planned. */
  readonly isAsked: () => boolean;
  /** Whether one is out. */
  readonly isLoading: () => boolean;
}

/** What is told of a question that was not answered, and of errors without words. */
const NOTHING = 'it came to nothing';

export function makeReloader<S>(config: ReloaderConfig<S>): Reloader {
  const { load, loaded, refused, step, pause, random, report, channel } = config;
  const time = steady(config.scheduler);
  let request: Subscription | undefined;
  let isLoading = false;
  let isOver = false;

  const stop = (): void => {
    request?.unsubscribe();
    request = undefined;
    isLoading = false;
  };
  const ask = (attempt: number, wait: number): void => {
    stop();
    if (isOver) return;
    const answer$ = defer(() => {
      isLoading = true;
      return load();
    });
    request = timer(wait, time)
      .pipe(
        switchMap(() => answer$),
        take(1),
        throwIfEmpty(() => NOTHING),
      )
      .subscribe({
        next: (value) => {
          step(() => {
            stop();
            loaded(value);
          });
        },
        error: (error: unknown) => {
          step(() => {
            failed(attempt, error);
          });
        },
      });
  };
  const failed = (attempt: number, error: unknown): void => {
    stop();
    if (error instanceof SubscriptionRefusedError) {
      refused(error);
      return;
    }
    const text = error instanceof Error ? error.message : NOTHING;
    const message = `${channel}: the state could not be loaded: ${text}`;
    const atLeast = error instanceof RequestFailedError ? (error.retryAfter ?? 0) : 0;
    ask(attempt + 1, Math.max(pauseBefore(attempt + 1, pause, random), atLeast));
    report({ type: 'snapshot', channel, attempt, message });
  };

  return {
    ask: (wait) => {
      ask(1, wait);
    },
    stop,
    end: () => {
      isOver = true;
      stop();
    },
    isAsked: () => request !== undefined,
    isLoading: () => isLoading,
  };
}
