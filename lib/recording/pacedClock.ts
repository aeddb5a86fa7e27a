import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import { type SteadyScheduler, steady } from '../time/steadyScheduler.js';
import { type Work, taskOf } from '../time/task.js';

/** A scheduler whose time is another time, at another pace: `factor` ms here for each ms of the host. */
export class PacedClock implements SchedulerLike {
  private beganAt: number | undefined;
  private readonly host: SteadyScheduler;

  /** @param start What it shows until it begins. While it stands, work is run all the same. */
  constructor(
    private start: number,
    private readonly factor: number,
    host: SchedulerLike,
  ) {
    this.host = steady(host);
  }

  begin(): void {
    this.beganAt ??= this.host.elapsed();
  }

  pause(): void {
    this.start = this.now();
    this.beganAt = undefined;
  }

  now(): number {
    return this.beganAt === undefined ? this.start : this.start + (this.host.elapsed() - this.beganAt) * this.factor;
  }

  schedule<T>(work: Work<T>, delay: number, state: T): Subscription;
  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: number, state?: T): Subscription;
  schedule<T>(work: Work<T>, delay = 0, state?: T): Subscription {
    let waiting: Subscription | undefined;
    const task = taskOf(work, state as T, (armed, after) => {
      waiting?.unsubscribe();
      waiting = this.host.schedule(() => {
        armed.run();
      }, after / this.factor);
    });
    task.add(() => waiting?.unsubscribe());
    return task.after(delay);
  }
}
