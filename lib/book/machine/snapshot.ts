import type { DepthDiff, DepthEvent, DepthSnapshot } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { ContinuityRule } from '../continuity/rule.js';
import { applyDiff, bookFrom } from '../orderBook.js';
import { heldDiffs, hold, NOTHING_HELD } from './held.js';
import { faultNote, judge, type BookFault } from './judge.js';
import { NO_EVENTS, NO_NOTES, type BookMachine, type MachineConfig, type Mending } from './machine.js';
import { ask, breakBook } from './mending.js';

/** A snapshot in the stream replaces whatever was there: it is newer than everything told before it. */
export function onSnapshot(machine: BookMachine, snapshot: DepthSnapshot, at: number, c: MachineConfig): BookMachine {
  if (machine.phase === 'down') return machine;
  const { tally } = c.fold;
  const { held } = machine.mending;
  tally.stale += held.size;
  const mending = held.size === 0 ? machine.mending : { ...machine.mending, held: NOTHING_HELD };
  const book = bookFrom(snapshot, c.fold);
  const fault = judge(book, snapshot.checksum, c);
  if (fault === undefined) {
    tally.snapshots += 1;
    return goLive(machine, book, 'fresh', [snapshot], mending, at);
  }
  const told = machine.book === undefined;
  // Every message of such a venue is a snapshot: one note says that they are bad, not one per message.
  if (told && c.rule.name === 'replace') return machine;
  const note = told ? unfitNote(mending, TEXT[fault]) : faultNote(fault, snapshot.checksum);
  return breakBook(machine, mending, fault, [note], at, c);
}

/** The snapshot that was asked for: what is held is folded into it, if the two meet. */
export function onAnswer(machine: BookMachine, snapshot: DepthSnapshot, at: number, c: MachineConfig): BookMachine {
  const { tally } = c.fold;
  const { mending } = machine;
  const diffs = heldDiffs(mending.held);
  const from = meetingPoint(c.rule, snapshot, diffs, mending.suspect);
  // The buffer stays: thrown away, the next snapshot would be too old for what comes after it, and so on for ever.
  if (from === undefined) return askAgain(machine, mending, 'it is older than the diffs held for it', at, c);
  let book = bookFrom(snapshot, c.fold);
  let fault = judge(book, snapshot.checksum, c);
  if (fault !== undefined) return askAgain(machine, mending, TEXT[fault], at, c);
  tally.snapshots += 1;
  tally.stale += from;
  const events: DepthEvent[] = [snapshot];
  // What is held continues from one diff to the next: it was held by that rule.
  for (const [index, diff] of diffs.entries()) {
    if (index < from) continue;
    const giveUp = (text: string): BookMachine => {
      const held = diffs.slice(index).reduce(hold, NOTHING_HELD);
      return askAgain(machine, { ...mending, held, suspect: diff }, text, at, c);
    };
    const read = c.sizes?.(book, diff) ?? diff;
    if (typeof read === 'string') return giveUp(`a diff held for it: ${read}`);
    const folded = applyDiff(book, read, c.fold);
    fault = judge(folded, diff.checksum, c);
    if (fault !== undefined) {
      if (fault === 'crossed') tally.crossed += 1;
      return giveUp(`with the diffs held for it ${TEXT[fault]}`);
    }
    tally.applied += 1;
    book = folded;
    events.push(read);
  }
  const phase = events.length === 1 ? 'fresh' : 'joined';
  return goLive(machine, book, phase, events, { ...mending, held: NOTHING_HELD }, at);
}

/**
 * The index of the held diff that joins the snapshot, or how many there are when the snapshot holds them all;
 * `undefined` when the snapshot is too old.
 *
 * A diff that ends where the snapshot stands may be folded again or not. One that spoilt a book is not.
 */
function meetingPoint(
  rule: ContinuityRule,
  snapshot: DepthSnapshot,
  diffs: readonly DepthDiff[],
  suspect: DepthDiff | undefined,
): number | undefined {
  let stale = 0;
  for (const [index, diff] of diffs.entries()) {
    const joining = rule.join(snapshot, diff);
    const spoilt = diff === suspect && diff.lastSequence !== undefined && diff.lastSequence === snapshot.sequence;
    if (joining === 'joins' && !spoilt) return index;
    if (joining !== 'ahead') stale += 1;
  }
  return stale === diffs.length ? stale : undefined;
}

function goLive(
  { state, book: before }: BookMachine,
  book: OrderBook,
  phase: 'fresh' | 'joined',
  events: readonly DepthEvent[],
  mending: Mending,
  at: number,
): BookMachine {
  // A book that was only silent was not broken: it has one to fold into.
  const mended = state.status === 'stale' && before === undefined;
  return {
    phase,
    state: { status: 'live', book },
    book,
    events,
    notes: mended ? [{ type: 'mended', after: at - state.since }] : NO_NOTES,
    mending: mending.clean ? settle(mending, at) : mending,
  };
}

/** Nothing is wanted any more. Beginning is no mending: the first break after it is mended at once. */
function settle(mending: Mending, at: number): Mending {
  const attempt = mending.joined ? mending.attempt : 0;
  return { ...mending, suspect: undefined, asking: 0, atLeast: 0, attempt, liveSince: at, joined: true, clean: false };
}

function askAgain(machine: BookMachine, mending: Mending, text: string, at: number, c: MachineConfig): BookMachine {
  return { ...machine, events: NO_EVENTS, notes: [unfitNote(mending, text)], mending: ask(mending, at, c) };
}

const unfitNote = ({ attempt }: Mending, text: string) => ({ type: 'unfit', attempt, text }) as const;

const TEXT: Readonly<Record<BookFault, string>> = {
  checksum: 'its checksum does not hold',
  crossed: 'its best bid is not below its best ask',
};
