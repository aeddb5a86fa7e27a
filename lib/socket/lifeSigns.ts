import { type SchedulerLike, type Subscription, timer } from 'rxjs';

/** What {@link lifeSigns} watches a wire by. */
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

/** A wire that is watched for silence. */
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
  let alarm: Subscription | undefined;
  /** Asked, and nothing heard since. */
  let isAsked = false;

  const arm = (ms: number): void => {
    alarm?.unsubscribe();
    if (ms < Infinity) timers.add((alarm = timer(ms, scheduler).subscribe(watch)));
  };

  const probe = (): boolean => {
    if (isAsked) return true;
    // Before it is asked: the answer may come while it is being sent.
    isAsked = true;
    if (!ask()) return (isAsked = false);
    arm(probeWithin);
    return true;
  };

  /** A timer looks at the last arrival, so that an arrival costs no timer. */
  const watch = (): void => {
    // Never more than the bound, also where the clock was set back.
    const left = Math.min(silence(), last + silence() - scheduler.now());
    if (isAsked) silent(`no pong within ${probeWithin} ms`);
    else if (left > 0) arm(left);
    else if (!probe()) silent(`nothing within ${silence()} ms`);
  };

  return {
    heardAt: () => last,
    hear: () => {
      last = scheduler.now();
      isAsked = false;
    },
    watch,
    probe,
  };
}
