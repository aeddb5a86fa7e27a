import { onDiff } from './machine/diff.js';
import { NOTHING_HELD } from './machine/held.js';
import { NO_EVENTS, NO_NOTES, type BookMachine, type MachineConfig, type MachineInput } from './machine/machine.js';
import { onBegun, onConfirmed, onFailed, onLost, onMissed, onReset, onResync, onSilence } from './machine/session.js';
import { onAnswer, onSnapshot } from './machine/snapshot.js';

/** Before the first session. */
export const startMachine: BookMachine = {
  phase: 'down',
  state: { status: 'syncing' },
  book: undefined,
  events: NO_EVENTS,
  notes: NO_NOTES,
  mending: {
    held: NOTHING_HELD,
    suspect: undefined,
    asking: 0,
    asked: 0,
    attempt: 0,
    atLeast: 0,
    liveSince: Infinity,
    joined: false,
    clean: false,
  },
};

/**
 * One step of a book: what it is told, at a time, makes the next value of it. Returns `machine` itself when nothing
 * came of it. Runs nothing and changes nothing but the counts of the tally, which it never reads.
 *
 * - A book goes stale in the very step that notices a loss; its state keeps the last book that was right.
 * - One snapshot is wanted at a time, under a number; an answer to any other number is passed over.
 * - `events` is a stream that a fold of somebody's own can trust: reset, snapshot, diffs that continue it.
 *
 * @param now The time in ms; the same for all of one step.
 */
export function step(machine: BookMachine, input: MachineInput, now: () => number, c: MachineConfig): BookMachine {
  switch (input.type) {
    case 'diff':
      return onDiff(machine, input, now, c);
    case 'snapshot':
      return onSnapshot(machine, input, now(), c);
    case 'reset':
      return onReset(machine, input, now(), c);
    case 'begun':
      return onBegun(machine, now(), c);
    case 'confirmed':
      return onConfirmed(machine, now(), c);
    case 'lost':
      return onLost(machine, input.reason, now(), c);
    case 'answered':
      return isAwaited(machine, input.asked) ? onAnswer(machine, input.snapshot, now(), c) : machine;
    case 'failed':
      return isAwaited(machine, input.asked) ? onFailed(machine, input.text, input.atLeast, now(), c) : machine;
    case 'missed':
      return onMissed(machine, now(), c);
    case 'silence':
      return onSilence(machine, now());
    case 'resync':
      return onResync(machine, now(), c);
  }
}

/** An answer that comes after the session it was asked in, or after a newer question, is nobody's. */
function isAwaited({ mending }: BookMachine, asked: number): boolean {
  return mending.asking !== 0 && mending.asking === asked;
}
