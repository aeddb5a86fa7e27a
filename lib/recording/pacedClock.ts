import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import { type Work, taskOf } from './task.js';

/** A scheduler whose time is another time, at another pace: `factor` ms here for each ms of the host. */
export class PacedClock implements SchedulerLike {
  private beganAt: number | undefined;

  /** @param start What it shows until it begins. While it stands, work is run all the same. */
  constructor(
    private start: number,
    private readonly factor: number,
    private readonly host: SchedulerLike,
  ) {}

  begin(): void {
    this.beganAt ??= this.host.now();
  }

  pause(): void {
    this.start = this.now();
    this.beganAt = undefined;
  }

  now(): number {
    return this.beganAt === undefined ? this.start : this.start + (this.host.now() - this.beganAt) * this.factor;
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
