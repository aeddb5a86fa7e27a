import { type SchedulerLike, type Subscription, timer } from 'rxjs';
import type { WireLimits } from './plan.js';

export interface LifeSignsPort {
  readonly limits: Pick<WireLimits, 'silence' | 'probeWithin'>;
  readonly scheduler: SchedulerLike;
  /** What ends the timers. */
  readonly timers: Subscription;
  /** Sends the venue's ping. Returns whether there was one to send. */
  readonly ask: () => boolean;
  readonly silent: (text: string) => void;
}

/**
 * Tells an idle wire from a dead one: silence beyond the bound is met by the venue's own ping, and no answer to that,
 * or no ping to send, is the end. A wire that died is noticed within the bound of silence and that of the answer.
 */
export class LifeSigns {
  /** When anything arrived last, in ms. */
  heardAt: number;
  private isAnswered = true;
  private isProbing = false;
  private isWatching = false;

  constructor(private readonly port: LifeSignsPort) {
    this.heardAt = port.scheduler.now();
  }

  hear(): void {
    this.heardAt = this.port.scheduler.now();
    this.isAnswered = true;
  }

  /** A timer looks at the last arrival, so that an arrival costs no timer. */
  watch(): void {
    const { silence } = this.port.limits;
    if (this.isWatching || !Number.isFinite(silence)) return;
    this.isWatching = true;
    this.after(Math.max(0, this.left), () => {
      this.isWatching = false;
      if (this.left > 0) this.watch();
      else if (!this.isProbing && !this.probe()) this.port.silent(`nothing received for ${silence} ms`);
    });
  }

  /** Holds the wire to answering a ping. Returns whether it could be asked. */
  probe(): boolean {
    const { probeWithin } = this.port.limits;
    if (this.isProbing) return true;
    if (!this.port.ask()) return false;
    this.isProbing = true;
    this.isAnswered = false;
    this.after(probeWithin, () => {
      this.isProbing = false;
      if (this.isAnswered) this.watch();
      else this.port.silent(`no answer to a ping within ${probeWithin} ms`);
    });
    return true;
  }

  /** Never more than the bound, also where the clock was set back. */
  private get left(): number {
    const { limits, scheduler } = this.port;
    return Math.min(limits.silence, this.heardAt + limits.silence - scheduler.now());
  }

  private after(ms: number, run: () => void): void {
    this.port.timers.add(timer(ms, this.port.scheduler).subscribe(run));
  }
}
