import { Observable, type SchedulerLike, type Subscription } from 'rxjs';

export interface BudgetLimits {
  /** Sum of weights in any window. */
  readonly limit: number;
  /** In ms. */
  readonly window: number;
  /** How many may be under way at once. Default: no bound. */
  readonly concurrent?: number | undefined;
}

interface Waiter {
  readonly weight: number;
  start(): void;
}

/**
 * Spends a venue's allowance: first come, first served, never more than `limit` in any `window`, however it is
 * asked. The bound on what waits is the number of subscribers.
 */
export class Budget {
  private readonly spent: { at: number; weight: number }[] = [];
  private readonly waiting: Waiter[] = [];
  private running = 0;
  private notBefore = 0;
  private alarm: Subscription | undefined;

  constructor(
    private readonly limits: BudgetLimits,
    private readonly scheduler: SchedulerLike,
  ) {}

  /** How many wait for their turn. */
  get queued(): number {
    return this.waiting.length;
  }

  /** Subscribes to `source` when there is room for its weight; holds a place until it ends. */
  run<T>(source: Observable<T>, weight = 1): Observable<T> {
    return new Observable<T>((subscriber) => {
      let released = false;
      const waiter: Waiter = {
        weight: Math.min(weight, this.limits.limit),
        start: () => {
          this.running += 1;
          subscriber.add(() => {
            this.running -= 1;
            this.advance();
          });
          source.subscribe(subscriber);
        },
      };
      this.waiting.push(waiter);
      subscriber.add(() => {
        if (released) return;
        released = true;
        const place = this.waiting.indexOf(waiter);
        if (place >= 0) this.waiting.splice(place, 1);
        this.settle();
      });
      this.advance();
    });
  }

  /** Nothing starts for `ms` from now: the venue asked us to stay away. */
  pause(ms: number): void {
    this.notBefore = Math.max(this.notBefore, this.scheduler.now() + ms);
  }

  private advance(): void {
    for (;;) {
      const next = this.waiting[0];
      if (next === undefined || this.running >= (this.limits.concurrent ?? Infinity)) break;
      const wait = this.waitFor(next.weight);
      if (wait > 0) {
        this.alarm?.unsubscribe();
        this.alarm = this.scheduler.schedule(() => {
          this.alarm = undefined;
          this.advance();
        }, wait);
        return;
      }
      this.waiting.shift();
      this.spent.push({ at: this.scheduler.now(), weight: next.weight });
      next.start();
    }
    this.settle();
  }

  /** No alarm is left when nobody waits for it. */
  private settle(): void {
    if (this.waiting.length > 0) return;
    this.alarm?.unsubscribe();
    this.alarm = undefined;
  }

  private waitFor(weight: number): number {
    const now = this.scheduler.now();
    while ((this.spent[0]?.at ?? Infinity) + this.limits.window <= now) this.spent.shift();
    let over = this.spent.reduce((sum, entry) => sum + entry.weight, weight) - this.limits.limit;
    let free = this.notBefore;
    for (const entry of this.spent) {
      if (over <= 0) break;
      over -= entry.weight;
      free = Math.max(free, entry.at + this.limits.window);
    }
    return Math.max(0, free - now);
  }
}
