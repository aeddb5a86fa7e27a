import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';
import { type Work, taskOf } from './task.js';

/** No timer is set for longer, in ms: platforms have one of more than 2^31 fire at once. */
const LONGEST = 2 ** 30;
/** A timer that is later than this, in ms, is not late: the clock was set forward. */
const LATE = 1_000;

/**
 * A scheduler whose waits last as long as they say, whatever its clock is set to meanwhile. `now()` tells moments, and goes
 * where the clock goes; `elapsed()` tells for how long something lasted. A wait beyond the longest timer of the platform is
 * made of several, and `Infinity` never ends.
 *
 * What has passed is known by the timers: when one fires, as much has passed as it takes; before it fires, no more. Between
 * them the clock is read, as far as it agrees with that. What had passed since it was last read when it was set back is known
 * with the next timer only; a wait that is counted by `elapsed` from before that may end so much too early. A program that was
 * held up, so that its timers are late, looks the same as a clock that was set forward. Where the platform has a steady clock of
 * its own, that one is read between timers, and the clock that can be set tells moments only.
 */
export class SteadyScheduler implements SchedulerLike {
  #elapsed = 0;
  #leaps = 0;
  #readAt: number;
  readonly #begunAt: number;
  #vouchedAt: number;
  /** When each timer that runs is due, as `elapsed` counts. */
  readonly #running = new Set<{ readonly due: number }>();

  /**
   * @param steadyClock The platform's clock that nobody sets, in ms, for a host that lives in real time: where there is one it
   *   alone tells what has passed between timers. Default: there is none.
   */
  constructor(
    private readonly host: SchedulerLike,
    private readonly steadyClock?: () => number,
  ) {
    this.#readAt = host.now();
    this.#begunAt = steadyClock?.() ?? 0;
    this.#vouchedAt = this.#begunAt;
  }

  now(): number {
    return this.host.now();
  }

  /** How much time has passed since some beginning, in ms. Never goes back, and does not jump. */
  elapsed(): number {
    const now = this.host.now();
    const passed = now - this.#readAt;
    this.#readAt = now;
    const vouched = (this.steadyClock?.() ?? 0) - this.#vouchedAt;
    this.#vouchedAt += vouched;
    const isLeap = passed > LATE + vouched;
    if (isLeap) this.#leaps += 1;
    // Of two clocks that tick apart the sum of what each saw pass would be more than has passed: one of them counts.
    if (this.steadyClock !== undefined) this.#elapsed = Math.max(this.#elapsed, this.#vouchedAt - this.#begunAt);
    else if (!isLeap || !this.#isOverdue(this.#elapsed + passed - LATE)) this.#elapsed += Math.max(passed, 0);
    return this.#elapsed;
  }

  /** How often the clock went on by more than a second of which nothing but itself knows: it may have been set as well. */
  get leaps(): number {
    return this.#leaps;
  }

  /** Does the work after a wait of `delay` ms that no change of the clock shortens or lengthens. */
  schedule<T>(work: Work<T>, delay: number, state: T): Subscription;
  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: number, state?: T): Subscription;
  schedule<T>(work: Work<T>, delay = 0, state?: T): Subscription {
    let waiting: Subscription | undefined;
    const task = taskOf(work, state as T, (armed, after) => {
      waiting?.unsubscribe();
      if (after === Infinity) return;
      waiting = this.#wait(after, () => {
        armed.run();
      });
    });
    task.add(() => waiting?.unsubscribe());
    return task.after(delay);
  }

  #wait(ms: number, run: () => void): Subscription {
    const part = Math.min(ms, LONGEST);
    const one = { due: this.elapsed() + part };
    this.#running.add(one);
    const waiting = new Subscription(() => {
      this.#running.delete(one);
    });
    waiting.add(
      this.host.schedule(() => {
        this.#elapsed = Math.max(this.elapsed(), one.due);
        this.#running.delete(one);
        if (part < ms) waiting.add(this.#wait(ms - part, run));
        else run();
      }, part),
    );
    return waiting;
  }

  #isOverdue(elapsed: number): boolean {
    for (const { due } of this.#running) if (due < elapsed) return true;
    return false;
  }
}

/** The scheduler as one whose waits are kept; itself if it is one. All that take it so agree on what has passed. */
export const steady = (scheduler: SchedulerLike): SteadyScheduler =>
  scheduler instanceof SteadyScheduler ? scheduler : new SteadyScheduler(scheduler);
