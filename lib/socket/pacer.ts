import type { SchedulerLike } from 'rxjs';
import { Allowance } from '../network/allowance.js';
import type { Rate } from './plan.js';

/** Keeps the messages of one wire within its rate. */
export class Pacer {
  private readonly allowance: Allowance | undefined;

  constructor(
    rate: Rate | undefined,
    private readonly scheduler: SchedulerLike,
  ) {
    this.allowance = rate && new Allowance(rate);
  }

  /** How long until the next message may go, in ms; 0: now. */
  wait(): number {
    return this.allowance?.waitFor(1, this.scheduler.now()) ?? 0;
  }

  /** A message goes out now. */
  take(): void {
    this.allowance?.spend(1, this.scheduler.now());
  }
}
