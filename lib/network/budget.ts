import { Observable, type SchedulerLike, finalize } from 'rxjs';
import { type Rate, makeAllowance } from './allowance.js';
import { makeAlarm } from '../time/alarm.js';
import { steady } from '../time/steadyScheduler.js';

/** What one allowance lets through: the sum of weights in any window. */
export interface BudgetLimits extends Rate {
  /** How many may be under way at once. Default: no bound. */
  readonly concurrent?: number | undefined;
}

/** Spends a venue's allowances: first come, first served, never more than `limit` in any `window`. */
export interface Budget {
  /**
   * Subscribes to `source` when there is room for its weight; holds a place until it ends.
   *
   * @param weights What it costs, one number per allowance. Default: 1 each. More than a limit counts as the limit.
   */
  readonly run: <T>(source: Observable<T>, weights?: readonly number[]) => Observable<T>;
  /** Nothing starts for `ms` from now: the venue asked us to stay away. */
  readonly pause: (ms: number) => void;
}

/**
 * Of several allowances all are spent at the same moment, so that a wait for one never bursts another. The bound on
 * what waits is the number of subscribers.
 */
export function makeBudget(limits: readonly BudgetLimits[], scheduler: SchedulerLike): Budget {
  const time = steady(scheduler);
  const allowances = limits.map(makeAllowance);
  const most = Math.min(...limits.map(({ concurrent = Infinity }) => concurrent));
  /** What starts each that waits, with its weights. */
  const waiting = new Map<() => void, readonly number[]>();
  let running = 0;
  let notBefore = -Infinity;
  const alarm = makeAlarm(time, () => {
    advance();
  });
  let advancing = false;

  /** Starts whatever there is room for. One timer waits for the first in line; none where nobody is. */
  const advance = (): void => {
    if (advancing) return;
    advancing = true;
    for (const [start, weights] of waiting) {
      if (running >= most) break;
      const now = time.elapsed();
      const waits = allowances.map(({ waitFor }, which) => waitFor(weights[which] ?? 1, now));
      const wait = Math.max(notBefore - now, ...waits);
      if (wait > 0) {
        alarm.set(wait);
        break;
      }
      waiting.delete(start);
      allowances.forEach(({ spend }, which) => {
        spend(weights[which] ?? 1, now);
      });
      start();
    }
    if (waiting.size === 0) alarm.stop();
    advancing = false;
  };

  return {
    run: (source, weights = []) =>
      new Observable((subscriber) => {
        const start = (): void => {
          running += 1;
          const done = (): void => {
            running -= 1;
            advance();
          };
          source.pipe(finalize(done)).subscribe(subscriber);
        };
        waiting.set(start, weights);
        subscriber.add(() => {
          if (waiting.delete(start)) advance();
        });
        advance();
      }),
    pause: (ms) => {
      notBefore = Math.max(notBefore, time.elapsed() + ms);
    },
  };
}
