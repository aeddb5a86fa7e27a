import { Observable, type SchedulerLike, type Subscription, finalize, timer } from 'rxjs';
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

/** What waits for a budget. */
export interface BudgetWait {
  readonly count: number;
  /** How long the last of them waits at the least, in ms. */
  readonly ms: number;
}

/** A wait as short as this is not worth telling, in ms. */
const TOLD_AFTER = 1_000;

/**
 * Of several allowances all are spent at the same moment, so that a wait for one never bursts another. The bound on
 * what waits is the number of subscribers.
 *
 * @param waits Told once when something has waited for a second, and again only after nothing did.
 */
export function makeBudget(
  limits: readonly BudgetLimits[],
  scheduler: SchedulerLike,
  waits?: (wait: BudgetWait) => void,
): Budget {
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
  let telling: Subscription | undefined;

  const whole = (): BudgetWait => {
    const now = time.elapsed();
    const needed = limits.map(({ limit, window }, which) => {
      const sum = [...waiting.values()].reduce((total, weights) => total + Math.min(weights[which] ?? 1, limit), 0);
      const windows = Math.max(0, Math.ceil(sum / limit) - 1);
      return windows * window + (allowances[which]?.waitFor(sum - windows * limit, now) ?? 0);
    });
    return { count: waiting.size, ms: Math.ceil(Math.max(notBefore - now, ...needed, 0)) };
  };
  const tell = (): void => {
    if (waits === undefined || telling !== undefined) return;
    telling = timer(TOLD_AFTER, time).subscribe(() => {
      waits(whole());
    });
  };

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
        tell();
        break;
      }
      waiting.delete(start);
      allowances.forEach(({ spend }, which) => {
        spend(weights[which] ?? 1, now);
      });
      start();
    }
    if (waiting.size === 0) {
      alarm.stop();
      telling?.unsubscribe();
      telling = undefined;
    }
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
