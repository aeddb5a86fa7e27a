import { type SchedulerLike, Subscription, timer } from 'rxjs';
import { Silence } from '../silence.js';

/** What {@link LifeSigns} watches a wire by. */
export interface LifeSignsConfig {
  /** Inbound silence that is met with a ping, in ms. Looked up anew each time: a handshake may settle it. */
  readonly silence: () => number;
  /** How long the answer to a ping may take, in ms. */
  readonly probeWithin: number;
  readonly scheduler: SchedulerLike;
  /** What ends the timers. */
  readonly timers: Subscription;
  /** Sends the venue's ping. Returns whether there was one to send. */
  readonly ping: () => boolean;
  /** The wire is dead: says for how long nothing came. */
  readonly silent: (text: string) => void;
}

/**
 * Tells an idle wire from a dead one: silence beyond the bound is met by the venue's own ping, and no answer to that,
 * or no ping to send, is the end. A wire that died is noticed within the bound of silence and that of the answer.
 */
export class LifeSigns {
  readonly #quiet: Silence;
  #heardAt: number;
  /** The answer to a ping is due. */
  #due: Subscription | undefined;

  constructor(private readonly config: LifeSignsConfig) {
    const { silence, scheduler, timers, silent } = config;
    this.#heardAt = scheduler.now();
    this.#quiet = new Silence({
      bound: silence,
      scheduler,
      broken: () => {
        if (!this.probe()) silent(`nothing within ${Math.round(silence())} ms`);
      },
    });
    timers.add(() => {
      this.#quiet.stop();
      this.#answered();
    });
  }

  /** When anything arrived last, in ms. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Something arrived. */
  hear(): void {
    this.#heardAt = this.#quiet.hear();
    if (this.#due === undefined) return;
    this.#answered();
    this.#quiet.watch();
  }

  /** Begins to watch, and looks the bound up anew. */
  watch(): void {
    this.#quiet.watch();
  }

  /** Holds the wire to answering a ping. Returns whether it could be sent one. */
  probe(): boolean {
    if (this.#due !== undefined) return true;
    // Before it is sent: the answer may come while it is being sent.
    const due = (this.#due = new Subscription());
    if (!this.config.ping()) {
      this.#answered();
      return false;
    }
    if (due.closed) return true;
    this.#quiet.stop();
    const { probeWithin, scheduler, silent } = this.config;
    due.add(
      timer(probeWithin, scheduler).subscribe(() => {
        silent(`no pong within ${probeWithin} ms`);
      }),
    );
    return true;
  }

  #answered(): void {
    this.#due?.unsubscribe();
    this.#due = undefined;
  }
}
