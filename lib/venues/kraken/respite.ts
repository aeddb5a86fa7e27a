import { type Observable, type SchedulerLike, of, timer } from 'rxjs';
import type { Attempt } from '../../socket/plan.js';
import { AT_ONCE, RESPITE } from './endpoint.js';

/**
 * How the venue wants to be come back to: at once a few times after a drop, and after maintenance, or while it is down for
 * longer, no faster than every five seconds, which would be of no use (API guides, "Reconnection").
 */
export class Respite {
  #isMaintained = false;

  constructor(private readonly scheduler: SchedulerLike) {}

  /** The venue said how its system is. */
  hear(system: unknown): void {
    this.#isMaintained = system === 'maintenance';
  }

  /** Lets an attempt begin. */
  before({ number, waited }: Attempt): Observable<unknown> {
    const isDue = number > AT_ONCE || (number > 1 && this.#isMaintained);
    return isDue && waited < RESPITE ? timer(RESPITE - waited, this.scheduler) : of(0);
  }
}
