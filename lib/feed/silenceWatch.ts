import type { SchedulerLike, Subscription } from 'rxjs';

/**
 * Tells when nothing was heard for `limit` ms. Hearing costs one assignment: the timer isn't moved with each message but
 * looks, when it is due, how long ago the last one was.
 */
export class SilenceWatch {
  private last = 0;
  private timer: Subscription | undefined;

  constructor(
    private readonly limit: number,
    private readonly scheduler: SchedulerLike,
    private readonly onSilence: () => void,
  ) {}

  heard(at: number): void {
    this.last = at;
    if (this.timer === undefined) this.watch(this.limit);
  }

  stop(): void {
    this.timer?.unsubscribe();
    this.timer = undefined;
  }

  private watch(ms: number): void {
    this.timer = this.scheduler.schedule(() => {
      this.timer = undefined;
      const left = this.last + this.limit - this.scheduler.now();
      if (left > 0) this.watch(left);
      else this.onSilence();
    }, ms);
  }
}
