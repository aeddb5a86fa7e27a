import { Observable, type SchedulerLike, type Subscription, finalize } from 'rxjs';
import { Allowance } from './allowance.js';

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

/**
 * Spends a venue's allowances: first come, first served, never more than `limit` in any `window`, however it is asked.
 * Of several allowances all are spent at the same moment, so that a wait for one never bursts another. The bound on
 * what waits is the number of subscribers.
 */
export class Budget {
  private readonly allowances: readonly Allowance[];
  private readonly concurrent: number;
  private readonly waiting = new Set<Waiter>();
  private running = 0;
  private notBefore = -Infinity;
  private alarm: Subscription | undefined;
  private advancing = false;

  constructor(
    limits: BudgetLimits | readonly BudgetLimits[],
    private readonly scheduler: SchedulerLike,
  ) {
    const all = toArray(limits);
    this.allowances = all.map((one) => new Allowance(one));
    this.concurrent = Math.min(...all.map(({ concurrent = Infinity }) => concurrent));
  }

  /** How many wait for their turn. */
  get queued(): number {
    return this.waiting.size;
  }

  /**
   * Subscribes to `source` when there is room for its weight; holds a place until it ends.
   *
   * @param weight What it costs, one number per allowance. Default: 1 each. More than a limit counts as the limit.
   */
  run<T>(source: Observable<T>, weight: number | readonly number[] = 1): Observable<T> {
    const weights = toArray(weight);
    return new Observable<T>((subscriber) => {
      const waiter: Waiter = {
        weightOf: (which) => weights[which] ?? 1,
        start: () => {
          this.running += 1;
          source
            .pipe(
              finalize(() => {
                this.running -= 1;
                this.advance();
              }),
            )
            .subscribe(subscriber);
        },
      };
      this.waiting.add(waiter);
      subscriber.add(() => {
        if (this.waiting.delete(waiter)) this.advance();
      });
      this.advance();
    });
  }

  /** Nothing starts for `ms` from now: the venue asked us to stay away. */
  pause(ms: number): void {
    this.notBefore = Math.max(this.notBefore, this.scheduler.now() + ms);
  }

  /** Starts whatever there is room for. One timer waits for the first in line; none where nobody is. */
  private advance(): void {
    if (this.advancing) return;
    this.advancing = true;
    this.alarm?.unsubscribe();
    this.alarm = undefined;
    for (const next of this.waiting) {
      if (this.running >= this.concurrent) break;
      const wait = this.waitFor(next);
      if (wait > 0) {
        this.alarm = this.scheduler.schedule(() => {
          this.advance();
        }, wait);
        break;
      }
      this.waiting.delete(next);
      const now = this.scheduler.now();
      this.allowances.forEach((allowance, which) => {
        allowance.spend(next.weightOf(which), now);
      });
      next.start();
    }
    this.advancing = false;
  }

  private waitFor(waiter: Waiter): number {
    const now = this.scheduler.now();
    const waits = this.allowances.map((allowance, which) => allowance.waitFor(waiter.weightOf(which), now));
    return Math.max(0, this.notBefore - now, ...waits);
  }
}

const toArray = <T>(one: T | readonly T[]): readonly T[] => (isArray(one) ? one : [one]);
const isArray = <T>(value: T | readonly T[]): value is readonly T[] => Array.isArray(value);
