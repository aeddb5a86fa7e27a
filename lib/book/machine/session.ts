import type { StaleReason } from '../../model/bookState.js';
import type { LossReason } from '../../model/connection.js';
import type { DepthReset, ResetReason } from '../../model/depthEvent.js';
import { NOTHING_HELD } from './held.js';
import { NO_EVENTS, NO_NOTES, type BookMachine, type MachineConfig, type Mending } from './machine.js';
import { ask, breakBook, resetEvents, staleFrom } from './mending.js';

/** A session opened. The join starts from nothing; a request waits until the stream is known to flow. */
export function onBegun(machine: BookMachine, at: number, c: MachineConfig): BookMachine {
  // It was us who asked for it: how often, and by when it must have helped, goes on counting.
  if (isOwnBeginning(machine, c)) return { ...machine, phase: 'listening', events: NO_EVENTS, notes: NO_NOTES };
  return {
    phase: c.join === 'request' ? 'requesting' : 'listening',
    state: staleFrom(machine.state, 'disconnected', at),
    book: undefined,
    events: resetEvents(machine, 'connected', at, c),
    notes: NO_NOTES,
    mending: { ...letGo(machine.mending, c), attempt: 0, joined: false },
  };
}

export function onConfirmed(machine: BookMachine, at: number, c: MachineConfig): BookMachine {
  const { phase, mending } = machine;
  if (phase !== 'requesting' || mending.asking !== 0) return machine;
  return { ...machine, events: NO_EVENTS, notes: NO_NOTES, mending: ask(mending, at, c) };
}

export function onLost(machine: BookMachine, reason: LossReason | 'gap', at: number, c: MachineConfig): BookMachine {
  if (machine.phase === 'down') return machine;
  const lostCount = reason === 'gap';
  if (lostCount && isOwnBeginning(machine, c)) {
    return { ...machine, phase: 'down', events: NO_EVENTS, notes: NO_NOTES };
  }
  const because = lostCount ? 'gap' : 'disconnected';
  if (lostCount) c.fold.tally.gaps += 1;
  return {
    phase: 'down',
    state: staleFrom(machine.state, because, at),
    book: undefined,
    events: resetEvents(machine, because, at, c),
    notes: lostCount ? [{ type: 'gap', reason: 'gap' }] : NO_NOTES,
    mending: letGo(machine.mending, c),
  };
}

/** Whether the book waits for the snapshot of a subscription that it asked to be made anew. */
const isOwnBeginning = ({ mending, book }: BookMachine, { mend }: MachineConfig): boolean =>
  mend === 'resubscribe' && mending.asking !== 0 && book === undefined;

/** The venue said in the stream that everything before is void. A snapshot follows by itself, or is asked for. */
export function onReset(machine: BookMachine, { reason }: DepthReset, at: number, c: MachineConfig): BookMachine {
  if (machine.phase === 'down') return machine;
  const mending = letGo(machine.mending, c);
  const byRequest = c.join === 'request';
  return {
    phase: byRequest ? 'requesting' : 'listening',
    state: staleFrom(machine.state, STALE[reason], at),
    book: undefined,
    events: resetEvents(machine, reason, at, c),
    notes: NO_NOTES,
    mending: byRequest ? ask({ ...mending, liveSince: machine.mending.liveSince }, at, c) : mending,
  };
}

/** Somebody doubts the book. One that is being mended already goes on being mended. */
export function onResync(machine: BookMachine, at: number, c: MachineConfig): BookMachine {
  const { phase, mending } = machine;
  if (phase === 'fresh' || phase === 'joined') return breakBook(machine, mending, 'resync', NO_NOTES, at, c);
  if (phase === 'down' || mending.asking !== 0 || c.rule.name === 'replace') return machine;
  return { ...machine, events: NO_EVENTS, notes: NO_NOTES, mending: ask(mending, at, c) };
}

/**
 * A message is missing. Where diffs are numbered the next one tells; where nothing does, the book is as good as broken.
 * One that waits for a snapshot in the stream may have missed just that.
 */
export function onMissed(machine: BookMachine, at: number, c: MachineConfig): BookMachine {
  const { phase, mending } = machine;
  if (phase === 'listening' && mending.asking === 0 && c.rule.name !== 'replace') {
    return { ...machine, events: NO_EVENTS, notes: NO_NOTES, mending: ask(mending, at, c) };
  }
  if (c.rule.name !== 'none' && c.rule.name !== 'watermark') return machine;
  const notes = [{ type: 'gap', reason: 'gap', text: 'a message that could not be read' } as const];
  if (phase === 'fresh' || phase === 'joined') {
    c.fold.tally.gaps += 1;
    return breakBook(machine, mending, 'gap', notes, at, c);
  }
  if (phase !== 'requesting' || mending.held.size === 0) return machine;
  c.fold.tally.gaps += 1;
  c.fold.tally.early += mending.held.size;
  return { ...machine, events: NO_EVENTS, notes, mending: ask({ ...mending, held: NOTHING_HELD }, at, c) };
}

/** Nothing arrived for too long. The book stays: if nothing was lost, the next diff continues it. */
export function onSilence(machine: BookMachine, at: number): BookMachine {
  if (machine.state.status !== 'live') return machine;
  return { ...machine, state: staleFrom(machine.state, 'silent', at), events: NO_EVENTS, notes: NO_NOTES };
}

export function onFailed(
  machine: BookMachine,
  text: string,
  atLeast: number,
  at: number,
  c: MachineConfig,
): BookMachine {
  const { mending } = machine;
  const notes = [{ type: 'unfit', attempt: mending.attempt, text } as const];
  return { ...machine, events: NO_EVENTS, notes, mending: ask(mending, at, c, atLeast) };
}

/** What was held met no snapshot, and none is wanted any more. */
function letGo(mending: Mending, { fold: { tally } }: MachineConfig): Mending {
  tally.early += mending.held.size;
  return {
    ...mending,
    held: NOTHING_HELD,
    suspect: undefined,
    asking: 0,
    atLeast: 0,
    liveSince: Infinity,
    clean: true,
  };
}

const STALE: Readonly<Record<ResetReason, StaleReason>> = {
  connected: 'disconnected',
  disconnected: 'disconnected',
  gap: 'gap',
  overflow: 'gap',
  checksum: 'checksum',
  crossed: 'crossed',
  resync: 'resync',
};
