import { type Observable, type SchedulerLike, Subject } from 'rxjs';
import type { Fault, Report } from '../model/fault.js';
import { beginningOf } from './beginningOf.js';

/** What is reported of one venue beside its streams. */
export class Reports {
  readonly #faults = new Subject<Fault>();
  readonly faults$: Observable<Fault> = this.#faults.asObservable();

  constructor(
    private readonly venue: string,
    private readonly scheduler: SchedulerLike,
  ) {}

  /** Reports a fault; whose it is and when is added. */
  readonly report: Report = (fault) => {
    this.#faults.next({ ...fault, venue: this.venue, at: this.scheduler.now() });
  };

  /** Reports a frame that could not be read, and why. */
  unreadable(why: string, text: string, channel?: string): void {
    const path = beginningOf(why, 200);
    const message = `${channel ?? this.venue}: unreadable: ${path}`;
    this.report({ type: 'decode', channel, path, raw: beginningOf(text, 200), message });
  }

  /** Completes `faults$`: the exchange was closed. */
  finish(): void {
    this.#faults.complete();
  }
}
