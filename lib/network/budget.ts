import { Observable, type SchedulerLike, type Subscription, finalize, tap, timer } from 'rxjs';
import { type Allowance, type Rate, makeAllowance } from './allowance.js';
import { type Alarm, makeAlarm } from '../time/alarm.js';
import { type SteadyScheduler, steady } from '../time/steadyScheduler.js';

/** What one allowance lets through: the sum of weights in any window. */
export interface BudgetLimits extends Rate {
  /** How many may be under way at once. Default: no bound. */
  readonly concurrent?: number | undefined;
}

/** What waits for a budget. */
export interface BudgetWait {
  readonly count: number;
  /** How long the last of them waits at the least, in ms. */
  readonly ms: number;
}

/** A wait as short as this is not worth reporting, in ms. */
const REPORTED_AFTER = 1_000;

/**
 * Spends a venue's allowances: first come, first served, never more than `limit` in any `window`. Of several all are spent at
 * the same moment, so that a wait for one never bursts another. The bound on what waits is the number of subscribers.
 */
export class Budget {
  readonly #limits: readonly BudgetLimits[];
  readonly #time: SteadyScheduler;
  readonly #waits: ((wait: BudgetWait) => void) | undefined;
  readonly #allowances: readonly Allowance[];
  /** How many may be under way at once. */
  readonly #most: number;
  readonly #alarm: Alarm;
  /** Rings when nothing need stay away any more. */
  readonly #respite: Alarm;
  /** What starts each that waits, with its weights. */
  readonly #waiting = new Map<() => void, readonly number[]>();
  #running = 0;
  #notBefore = -Infinity;
  #isAdvancing = false;
  #reporting: Subscription | undefined;

  /** @param waits Told once when something has waited for a second, and again only after nothing did. */
  constructor(limits: readonly BudgetLimits[], scheduler: SchedulerLike, waits?: (wait: BudgetWait) => void) {
    this.#limits = limits;
    this.#time = steady(scheduler);
    this.#waits = waits;
    this.#allowances = limits.map(makeAllowance);
    this.#most = Math.min(...limits.map(({ concurrent = Infinity }) => concurrent));
    const look = (): void => {
      this.#advance();
    };
    this.#alarm = makeAlarm(this.#time, look);
    this.#respite = makeAlarm(this.#time, look);
  }

  /**
   * Subscribes to `source` when there is room for its weight; holds a place until it ends.
   *
   * @param weights What it costs, one number per allowance. Default: 1 each. More than a limit counts as the limit.
   */
  run<T>(source: Observable<T>, weights: readonly number[] = []): Observable<T> {
    return new Observable((subscriber) => {
      const start = (): void => {
        this.#running += 1;
        let isOver = false;
        const over = (): void => {
          isOver = true;
        };
        const done = (): void => {
          this.#running -= 1;
          this.#advance(!isOver);
        };
        source.pipe(tap({ complete: over, error: over }), finalize(done)).subscribe(subscriber);
      };
      this.#waiting.set(start, weights);
      subscriber.add(() => {
        if (this.#waiting.delete(start)) this.#advance(true);
      });
      this.#advance();
    });
  }

  /**
   * Nothing starts for `ms` from now: the venue asked us to stay away. What waits meanwhile waits by a timer. Where nothing does,
   * the platform's steady clock tells how much of it is over; virtual time has none, and a jump of it passes for time.
   */
  pause(ms: number): void {
    this.#notBefore = Math.max(this.#notBefore, this.#time.elapsed() + ms);
  }

  /**
   * Starts whatever there is room for. One timer waits for the first in line; none where nobody is.
   *
   * @param isLeft Somebody left: whoever is next in line may be about to leave, too, and is started a moment later.
   */
  #advance(isLeft = false): void {
    if (this.#isAdvancing) return;
    if (isLeft && this.#waiting.size > 0) {
      this.#alarm.set(0);
      return;
    }
    this.#isAdvancing = true;
    for (const [start, weights] of this.#waiting) {
      if (this.#running >= this.#most) break;
      const now = this.#time.elapsed();
      const respite = this.#notBefore - now;
      const wait = this.#waitFor(weights, now);
      if (respite > 0) this.#respite.set(respite);
      else if (wait > 0) this.#alarm.set(wait);
      if (wait > 0 || this.#respite.isSet()) {
        this.#report();
        break;
      }
      this.#waiting.delete(start);
      this.#allowances.forEach(({ spend }, which) => {
        spend(weights[which] ?? 1, now);
      });
      start();
    }
    if (this.#waiting.size === 0) {
      this.#alarm.stop();
      this.#respite.stop();
      this.#reporting?.unsubscribe();
      this.#reporting = undefined;
    }
    this.#isAdvancing = false;
  }

  #waitFor(weights: readonly number[], now: number): number {
    return Math.max(0, ...this.#allowances.map(({ waitFor }, which) => waitFor(weights[which] ?? 1, now)));
  }

  #report(): void {
    const waits = this.#waits;
    if (waits === undefined || this.#reporting !== undefined) return;
    this.#reporting = timer(REPORTED_AFTER, this.#time).subscribe(() => {
      waits(this.#wait());
    });
  }

  /** All that waits. */
  #wait(): BudgetWait {
    const now = this.#time.elapsed();
    const needed = this.#limits.map(({ limit, window, margin = 0 }, which) => {
      const sum = [...this.#waiting.values()].reduce(
        (total, weights) => total + Math.min(weights[which] ?? 1, limit),
        0,
      );
      const windows = Math.max(0, Math.ceil(sum / limit) - 1);
      return windows * (window + margin) + (this.#allowances[which]?.waitFor(sum - windows * limit, now) ?? 0);
    });
    return { count: this.#waiting.size, ms: Math.ceil(Math.max(this.#notBefore - now, ...needed, 0)) };
  }
}
