import type { SchedulerLike, Subscription } from 'rxjs';
import type { RecordedEvent } from './format.js';
import type { PacedClock } from './pacedClock.js';
import type { VirtualClock } from './virtualClock.js';

/** A recording as far as playing it goes. */
export interface Playable {
  /** The next event, if it may be played. */
  next(): RecordedEvent | undefined;
  deliver(event: RecordedEvent): void;
  /** Whether there ever was a wire. */
  hasBegun(): boolean;
  /** Whether there is anybody to play to. */
  isWatched(): boolean;
  /** Told when nothing is left to play. */
  finish(): void;
}

/** So many events make one turn of the host: other work of the process gets its turns between them. */
const TURN = 512;

/**
 * Plays as fast as the host gives turns; time jumps from one due thing to the next.
 *
 * @returns What has it look again: something was scheduled, or somebody came or went.
 */
export function playAtOnce(playable: Playable, clock: VirtualClock, host: SchedulerLike): () => void {
  let turn: Subscription | undefined;
  let patience: { readonly due: number; readonly timer: Subscription } | undefined;

  const look = (): void => {
    turn ??= host.schedule(() => {
      turn = undefined;
      play();
    });
  };
  const play = (): void => {
    for (let n = 0; n < TURN; n++) {
      clock.runUntil(clock.now());
      const event = playable.next();
      if (event === undefined) {
        if (playable.hasBegun()) playable.finish();
        else waitForTimers();
        return;
      }
      if (!playable.isWatched() && clock.size === 0) return;
      // Timers first, those of the event's own instant too: whoever subscribes in steps is done before it comes.
      clock.runUntil(event.at);
      playable.deliver(event);
    }
    look();
  };
  // Before the first wire there is nothing to jump to, and perhaps a promise is waited for: timers take their time.
  const waitForTimers = (): void => {
    const { due } = clock;
    if (due === patience?.due) return;
    patience?.timer.unsubscribe();
    patience = due === undefined ? undefined : { due, timer: host.schedule(() => pass(due), due - clock.now()) };
  };
  const pass = (due: number): void => {
    patience = undefined;
    if (!playable.hasBegun()) clock.runUntil(due);
    look();
  };
  return look;
}

/**
 * Plays at the pace of a clock. With nobody there the clock stands still.
 *
 * @returns What has it look again: somebody came or went.
 */
export function playAtPace(playable: Playable, clock: PacedClock): () => void {
  let waiting: Subscription | undefined;

  const look = (): void => {
    waiting?.unsubscribe();
    const event = playable.next();
    if (event === undefined) {
      if (playable.hasBegun()) playable.finish();
    } else if (playable.isWatched()) {
      clock.begin();
      waiting = clock.schedule(play, event.at - clock.now());
    } else {
      clock.pause();
    }
  };
  const play = (): void => {
    const now = clock.now();
    for (let n = 0; n < TURN; n++) {
      const event = playable.next();
      if (event === undefined || event.at > now || !playable.isWatched()) break;
      playable.deliver(event);
    }
    look();
  };
  return look;
}
