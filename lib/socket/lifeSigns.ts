import { type SchedulerLike, Subscription, timer } from 'rxjs';
import { Silence } from './silence.js';

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
  /** The answer to a ping is due. */
  let due: Subscription | undefined;

  const answered = (): void => {
    due?.unsubscribe();
    due = undefined;
  };

  const probe = (): boolean => {
    if (due !== undefined) return true;
    // Before it is asked: the answer may come while it is being sent.
    const mine = (due = new Subscription());
    if (!ask()) {
      answered();
      return false;
    }
    if (mine.closed) return true;
    quiet.stop();
    mine.add(
      timer(probeWithin, scheduler).subscribe(() => {
        silent(`no pong within ${probeWithin} ms`);
      }),
    );
    return true;
  };

  const quiet = new Silence({
    bound: silence,
    scheduler,
    broken: () => {
      if (!probe()) silent(`nothing within ${silence()} ms`);
    },
  });
  timers.add(() => {
    quiet.stop();
    answered();
  });

  return {
    heardAt: () => last,
    hear: () => {
      last = quiet.hear();
      if (due === undefined) return;
      answered();
      quiet.watch();
    },
    watch: () => {
      quiet.watch();
    },
    probe,
  };
}
