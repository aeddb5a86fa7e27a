import type { SchedulerLike } from 'rxjs';
import type { Rate } from './plan.js';

/** Keeps the messages of one wire within its rate: a sliding window, so that no window of that length exceeds it. */
export class Pacer {
  private readonly sent: number[] = [];

  constructor(
    private readonly rate: Rate | undefined,
    private readonly scheduler: SchedulerLike,
  ) {}

  /** How long until the next message may go, in ms; 0: now. */
  wait(): number {
    if (this.rate === undefined) return 0;
    const now = this.scheduler.now();
    while (this.sent.length > 0 && (this.sent[0] ?? now) + this.rate.window <= now) this.sent.shift();
    return this.sent.length < this.rate.limit ? 0 : Math.max(0, (this.sent[0] ?? now) + this.rate.window - now);
  }

  /** A message goes out now. */
  take(): void {
    if (this.rate !== undefined) this.sent.push(this.scheduler.now());
  }
}
