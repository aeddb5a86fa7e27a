import type { BookState } from '../../model/bookState.js';
import type { DepthDiff } from '../../model/depthEvent.js';
import type { ContinuityRule, Following, Position } from '../continuity/rule.js';
import { applyDiff } from '../orderBook.js';
import { faultNote, judge } from './judge.js';
import { dropOldest, hold, NOTHING_HELD } from './held.js';
import { NO_EVENTS, NO_NOTES, type BookMachine, type MachineConfig, type Mending, type Note } from './machine.js';
import { ask, breakBook } from './mending.js';

/** A diff arrived. Asks for the time only where it matters: a clock costs as much as half of the rest. */
export function onDiff(machine: BookMachine, diff: DepthDiff, now: () => number, c: MachineConfig): BookMachine {
  const { tally } = c.fold;
  tally.diffs += 1;
  const { book, phase } = machine;
  if (book === undefined) return keep(machine, diff, now, c);
  const following = phase === 'joined' ? c.rule.next(book, diff) : joinToSnapshot(c.rule, book, diff);
  if (following === 'stale') {
    tally.stale += 1;
    return machine;
  }
  if (following === 'gap') {
    tally.gaps += 1;
    return breakAt(machine, diff, 'gap', [gapNote(c.rule, book, diff)], now(), c);
  }
  const read = c.sizes?.(book, diff) ?? diff;
  if (typeof read === 'string') {
    tally.gaps += 1;
    return breakAt(machine, diff, 'gap', [{ type: 'gap', reason: 'gap', text: read }], now(), c);
  }
  const folded = applyDiff(book, read, c.fold);
  const fault = judge(folded, diff.checksum, c);
  if (fault !== undefined) {
    if (fault === 'crossed') tally.crossed += 1;
    return breakAt(machine, diff, fault, [faultNote(fault, diff.checksum)], now(), c);
  }
  tally.applied += 1;
  const state: BookState = { status: 'live', book: folded };
  return { phase: 'joined', state, book: folded, events: [read], notes: NO_NOTES, mending: machine.mending };
}

/** {@link ContinuityRule.join} in the words of `next`, for a snapshot that is claimed to be live already. */
function joinToSnapshot(rule: ContinuityRule, snapshot: Position, diff: DepthDiff): Following {
  const joining = rule.join(snapshot, diff);
  return joining === 'joins' ? 'next' : joining === 'ahead' ? 'gap' : 'stale';
}

/** The diff at which a break was noticed is the first one held for the snapshot that mends it. */
function breakAt(
  machine: BookMachine,
  diff: DepthDiff,
  reason: 'gap' | 'checksum' | 'crossed',
  notes: readonly Note[],
  at: number,
  c: MachineConfig,
): BookMachine {
  if (c.mend === 'request' && c.rule.name !== 'replace') {
    const suspect = reason === 'gap' ? undefined : diff;
    return breakBook(machine, { ...machine.mending, held: hold(NOTHING_HELD, diff), suspect }, reason, notes, at, c);
  }
  c.fold.tally.early += 1;
  return breakBook(machine, machine.mending, reason, notes, at, c);
}

/** There is no book to fold into: the diff is held for the snapshot, or given up where none is asked for. */
function keep(machine: BookMachine, diff: DepthDiff, now: () => number, c: MachineConfig): BookMachine {
  const { tally } = c.fold;
  if (machine.phase !== 'requesting') {
    tally.early += 1;
    return machine;
  }
  const { mending } = machine;
  const { newest, size } = mending.held;
  const last: Position = { sequence: newest?.lastSequence, venueTime: newest?.venueTime };
  const following = newest === undefined ? 'next' : c.rule.next(last, diff);
  if (following === 'stale') {
    tally.stale += 1;
    return machine;
  }
  let held = mending.held;
  let notes = NO_NOTES;
  if (following === 'gap') {
    // No snapshot can join what lies before the loss and go on past it.
    tally.gaps += 1;
    tally.early += size;
    held = NOTHING_HELD;
    notes = [gapNote(c.rule, last, diff)];
  } else if (size >= c.holdLimit) {
    // A block at a time: cheaper than one by one, and one note for many.
    const count = Math.ceil(c.holdLimit / 8);
    tally.early += count;
    held = dropOldest(held, count);
    notes = [{ type: 'dropped', count }];
  }
  const next: Mending = { ...mending, held: hold(held, diff) };
  // The first held diff shows that the stream flows: a snapshot asked for now is not older than it.
  return { ...machine, events: NO_EVENTS, notes, mending: next.asking === 0 ? ask(next, now(), c) : next };
}

function gapNote(rule: ContinuityRule, { sequence }: Position, diff: DepthDiff): Note {
  if (rule.name === 'link') {
    return { type: 'gap', reason: 'gap', expected: sequence, received: diff.previousSequence };
  }
  const expected = sequence === undefined ? undefined : sequence + 1;
  return { type: 'gap', reason: 'gap', expected, received: diff.firstSequence ?? diff.lastSequence };
}
