import { type Subscription, timer } from 'rxjs';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';
import { Delays, QUIET } from './delays.js';

export interface LagConfig {
  /** How much later than the soonest a message may come, in ms. */
  readonly maxLag: number;
  readonly scheduler: SteadyScheduler;
  /** What ends the timers. */
  readonly timers: Subscription;
  /** What comes is late by so many ms; `undefined`: no more. */
  readonly changed: (ms: number | undefined) => void;
  /** It was late for a minute on end. */
  readonly tooLong: (ms: number) => void;
}

/** How often the wire is looked at while something comes on it, in ms; more often where the bound is narrow. */
const TICK = 500;
const SHORTEST_TICK = 50;
/** For how long a wire may be late, in ms. */
const LONGEST = 60_000;

/**
 * Notices that what a wire brings is too old: that this process does not keep up with it, that it was held up, or that the
 * venue sends late. Where messages tell when they were sent, by that; where none does, by timers that are late, after which
 * whatever waited is read. It is in time again with a message that is at most half as late as it may be; where none tells,
 * with a timer in time. A process that is slow without ever being held up is noticed by the venue's times only.
 */
export class Lag {
  readonly #delays: Delays;
  readonly #tick: number;
  /** By what it is late. */
  #lateBy: 'venue' | 'timers' | undefined;
  #lateFor = 0;
  #ms = 0;
  #waiting: Subscription | undefined;
  /** When the timer is due, as `elapsed` counts. */
  #due = 0;
  /** From when on, by the clock, the timer seems later than it may be. */
  #overdueAt = Infinity;
  #hasHeard = false;
  #quietFor = 0;

  constructor(private readonly config: LagConfig) {
    const { maxLag, scheduler, timers } = config;
    this.#delays = new Delays(scheduler, maxLag);
    this.#tick = Math.max(SHORTEST_TICK, Math.min(TICK, maxLag / 4));
    timers.add(() => {
      this.#waiting?.unsubscribe();
    });
  }

  get isLate(): boolean {
    return this.#lateBy !== undefined;
  }

  /** A frame comes, at that moment. */
  hear(at: number): void {
    this.#hasHeard = true;
    if (this.#waiting === undefined) {
      this.#quietFor = 0;
      this.#watch(at);
    } else if (at > this.#overdueAt) this.#overdue();
  }

  /** What is read was sent then, by the venue's clock, as far as it tells. */
  sent(venueTime: number | undefined, at: number): void {
    if (venueTime === undefined) return;
    const { maxLag } = this.config;
    const late = this.#delays.of(venueTime, at);
    if (late === undefined) return;
    if (late > maxLag) this.#is('venue', late);
    else if (this.#lateBy !== undefined && late <= maxLag / 2) this.#isInTime();
  }

  #watch(at: number): void {
    const { scheduler, maxLag } = this.config;
    if (maxLag === Infinity) return;
    this.#due = scheduler.elapsed() + this.#tick;
    this.#overdueAt = at + this.#tick + maxLag;
    this.#hasHeard = false;
    this.#waiting = timer(this.#tick, scheduler).subscribe(() => {
      this.#waiting = undefined;
      this.#look();
    });
  }

  /** Either the timer is late, or the clock was set. */
  #overdue(): void {
    const late = this.config.scheduler.elapsed() - this.#due;
    if (late > this.config.maxLag) this.#is('timers', late);
    else this.#overdueAt = Infinity;
  }

  #look(): void {
    const { scheduler, maxLag, tooLong } = this.config;
    const late = scheduler.elapsed() - this.#due;
    this.#quietFor = this.#hasHeard ? 0 : this.#quietFor + this.#tick;
    if (late > maxLag) this.#is('timers', late);
    else if (this.#lateBy === 'timers' || this.#quietFor >= QUIET) this.#isInTime();
    if (this.#lateBy === undefined && this.#quietFor >= QUIET) return;
    this.#lateFor += this.#tick;
    this.#watch(scheduler.now());
    if (this.#lateBy !== undefined && this.#lateFor > LONGEST) tooLong(this.#ms);
  }

  #is(lateBy: 'venue' | 'timers', ms: number): void {
    const wasLate = this.isLate;
    this.#ms = ms;
    if (this.#lateBy !== 'venue') this.#lateBy = lateBy;
    if (wasLate) return;
    this.#lateFor = 0;
    this.#delays.keep();
    this.config.changed(ms);
  }

  #isInTime(): void {
    if (this.#lateBy === undefined) return;
    this.#lateBy = undefined;
    this.#delays.renew();
    this.config.changed(undefined);
  }
}
