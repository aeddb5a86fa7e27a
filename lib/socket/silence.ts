import { type SchedulerLike, type Subscription, timer } from 'rxjs';

/** What a {@link Silence} is noticed by. */
export interface SilenceConfig {
  /** How long nothing may be heard, in ms. Asked anew each time: it may change. */
  readonly bound: () => number;
  readonly scheduler: SchedulerLike;
  /** Told when nothing was heard for so long. */
  readonly broken: () => void;
}

/** A sound that comes within so large a part of a timer's time costs no timer of its own. */
const PART = 1 / 8;

/**
 * Notices when nothing was heard for so long, at hardly any cost of what is heard. It is counted in timers: the clock only
 * tells how soon behind the setting of its timer something was heard, so that setting it back or forward changes nothing.
 */
export class Silence {
  #alarm: Subscription | undefined;
  #setAt = 0;
  #setFor = 0;
  /** How long nothing had been heard when the timer was set. */
  #quiet = 0;
  #heardAt = 0;

  constructor(private readonly config: SilenceConfig) {}

  /** Counts from now. */
  watch(): void {
    this.#set(this.config.bound(), 0);
  }

  /** Counts from now, where it counts. @returns When that is. */
  hear(): number {
    const now = this.config.scheduler.now();
    const isSteady = this.#quiet === 0 && now >= this.#heardAt && now - this.#setAt <= this.#setFor * PART;
    this.#heardAt = now;
    if (this.#alarm !== undefined && !isSteady) this.watch();
    return now;
  }

  /** Watches no more. */
  stop(): void {
    this.#alarm?.unsubscribe();
    this.#alarm = undefined;
  }

  #set(ms: number, quiet: number): void {
    this.stop();
    this.#setAt = this.#heardAt = this.config.scheduler.now();
    this.#setFor = ms;
    this.#quiet = quiet;
    if (ms === Infinity) return;
    this.#alarm = timer(ms, this.config.scheduler).subscribe(() => {
      this.#alarm = undefined;
      this.#look();
    });
  }

  #look(): void {
    const heardAfter = this.#heardAt - this.#setAt;
    const quiet = heardAfter > 0 ? this.#setFor - heardAfter : this.#quiet + this.#setFor;
    const left = this.config.bound() - quiet;
    if (left > 0) this.#set(left, quiet);
    else this.config.broken();
  }
}
