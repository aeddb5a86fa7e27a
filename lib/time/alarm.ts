import { type Subscription, timer } from 'rxjs';
import type { SteadyScheduler } from './steadyScheduler.js';

/** One timer for whatever is due next. */
export interface Alarm {
  /**
   * Rings in so many ms. One that is due earlier stays as it is: it knows what has passed since it was set, and who hears it
   * looks again.
   */
  readonly set: (ms: number) => void;
  /** Whether it is to ring. */
  readonly isSet: () => boolean;
  /** Rings no more, until it is set again. */
  readonly stop: () => void;
}

/** An alarm that is not set. @param ring Told each time one is due. */
export function makeAlarm(time: SteadyScheduler, ring: () => void): Alarm {
  let waiting: Subscription | undefined;
  let due = Infinity;
  const stop = (): void => {
    waiting?.unsubscribe();
    waiting = undefined;
    due = Infinity;
  };
  return {
    stop,
    isSet: () => waiting !== undefined,
    set: (ms) => {
      const next = time.elapsed() + ms;
      if (due <= next) return;
      stop();
      due = next;
      waiting = timer(ms, time).subscribe(() => {
        stop();
        ring();
      });
    },
  };
}
