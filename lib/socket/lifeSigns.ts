import { type SchedulerLike, type Subscription, timer } from 'rxjs';

export interface LifeSignsPort {
  /** Inbound silence that is met with a ping, in ms. Asked anew each time: a handshake may settle it. */
  readonly silence: () => number;
  /** How long the answer to a ping may take, in ms. */
  readonly probeWithin: number;
  readonly scheduler: SchedulerLike;
  /** What ends the timers. */
  readonly timers: Subscription;
  /** Sends the venue's ping. Returns whether there was one to send. */
  readonly ask: () => boolean;
  readonly silent: (text: string) => void;
}

export interface LifeSigns {
  /** When anything arrived last, in ms. */
  readonly heardAt: () => number;
  readonly hear: () => void;
  readonly watch: () => void;
  /** Holds the wire to answering a ping. Returns whether it could be asked. */
  readonly probe: () => boolean;
}

/**
 * Tells an idle wire from a dead one: silence beyond the bound is met by the venue's own ping, and no answer to that,
 * or no ping to send, is the end. A wire that died is noticed within the bound of silence and that of the answer.
 */
export function lifeSigns({ silence, probeWithin, scheduler, timers, ask, silent }: LifeSignsPort): LifeSigns {
  let last = scheduler.now();
  let isAnswered = true;
  let isProbing = false;
  let isWatching = false;

  const after = (ms: number, run: () => void): void => timers.add(timer(ms, scheduler).subscribe(run));
  /** Never more than the bound, also where the clock was set back. */
  const left = (): number => Math.min(silence(), last + silence() - scheduler.now());

  /** A timer looks at the last arrival, so that an arrival costs no timer. */
  const watch = (): void => {
    if (isWatching || !Number.isFinite(silence())) return;
    isWatching = true;
    after(Math.max(0, left()), () => {
      isWatching = false;
      if (left() > 0) watch();
      else if (!isProbing && !probe()) silent(`nothing within ${silence()} ms`);
    });
  };

  const probe = (): boolean => {
    if (isProbing) return true;
    if (!ask()) return false;
    isProbing = true;
    isAnswered = false;
    after(probeWithin, () => {
      isProbing = false;
      if (isAnswered) watch();
      else silent(`no pong within ${probeWithin} ms`);
    });
    return true;
  };

  return {
    heardAt: () => last,
    hear: () => {
      last = scheduler.now();
      isAnswered = true;
    },
    watch,
    probe,
  };
}
