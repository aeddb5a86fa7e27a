import { Observable, type SchedulerLike, type Subscription, finalize } from 'rxjs';
import { makeAllowance } from './allowance.js';

export interface BudgetLimits {
  /** Sum of weights in any window. */
  readonly limit: number;
  /** In ms. */
  readonly window: number;
  /** How many may be under way at once. Default: no bound. */
  readonly concurrent?: number | undefined;
}

interface Waiter {
  readonly weightOf: (which: number) => number;
  start(): void;
}

/** Spends a venue's allowances: first come, first served, never more than `limit` in any `window`. */
export interface Budget {
  /** How many wait for their turn. */
  readonly queued: () => number;
  /**
   * Subscribes to `source` when there is room for its weight; holds a place until it ends.
   *
   * @param weight What it costs, one number per allowance. Default: 1 each. More than a limit counts as the limit.
   */
  readonly run: <T>(source: Observable<T>, weight?: number | readonly number[]) => Observable<T>;
  /** Nothing starts for `ms` from now: the venue asked us to stay away. */
  readonly pause: (ms: number) => void;
}

/**
 * Of several allowances all are spent at the same moment, so that a wait for one never bursts another. The bound on
 * what waits is the number of subscribers.
 */
export function makeBudget(limits: BudgetLimits | readonly BudgetLimits[], scheduler: SchedulerLike): Budget {
  const all = toArray(limits);
  const allowances = all.map(makeAllowance);
  const most = Math.min(...all.map(({ concurrent = Infinity }) => concurrent));
  const waiting = new Set<Waiter>();
  let running = 0;
  let notBefore = -Infinity;
  let alarm: Subscription | undefined;
  let advancing = false;

  /** Starts whatever there is room for. One timer waits for the first in line; none where nobody is. */
  const advance = (): void => {
    if (advancing) return;
    advancing = true;
    alarm?.unsubscribe();
    alarm = undefined;
    for (const next of waiting) {
      if (running >= most) break;
      const now = scheduler.now();
      const waits = allowances.map(({ waitFor }, which) => waitFor(next.weightOf(which), now));
      const wait = Math.max(0, notBefore - now, ...waits);
      if (wait > 0) {
        alarm = scheduler.schedule(advance, wait);
        break;
      }
      waiting.delete(next);
      allowances.forEach(({ spend }, which) => spend(next.weightOf(which), now));
      next.start();
    }
    advancing = false;
  };

  return {
    queued: () => waiting.size,
    run: (source, weight = 1) => {
      const weights = toArray(weight);
      return new Observable((subscriber) => {
        const waiter: Waiter = {
          weightOf: (which) => weights[which] ?? 1,
          start: () => {
            running += 1;
            const done = (): void => {
              running -= 1;
              advance();
            };
            source.pipe(finalize(done)).subscribe(subscriber);
          },
        };
        waiting.add(waiter);
        subscriber.add(() => {
          if (waiting.delete(waiter)) advance();
        });
        advance();
      });
    },
    pause: (ms) => {
      notBefore = Math.max(notBefore, scheduler.now() + ms);
    },
  };
}

const toArray = <T>(one: T | readonly T[]): readonly T[] => (isArray(one) ? one : [one]);
const isArray = <T>(value: T | readonly T[]): value is readonly T[] => Array.isArray(value);
