import type { BookState, StaleReason } from '../../model/bookState.js';
import type { DepthEvent, ResetReason } from '../../model/depthEvent.js';
import { NO_EVENTS, type BookMachine, type MachineConfig, type Mending, type Note } from './machine.js';

/** Wants a snapshot, under a new number. A book that was live for long enough counts its attempts from the first. */
export function ask(mending: Mending, at: number, { stableAfter }: MachineConfig, atLeast = 0): Mending {
  const attempt = at - mending.liveSince >= stableAfter ? 1 : mending.attempt + 1;
  const asked = mending.asked + 1;
  return { ...mending, asking: asked, asked, atLeast, attempt, liveSince: Infinity };
}

/** What a book that stops being right claims. The moment it stopped being live stays the first one. */
export function staleFrom(state: BookState, reason: StaleReason, at: number): BookState {
  if (state.status === 'syncing' || (state.status === 'stale' && state.reason === reason)) return state;
  return { status: 'stale', book: state.book, reason, since: state.status === 'stale' ? state.since : at };
}

/** The reset to tell, unless one was told and nothing since. */
export function resetEvents(
  { mending }: BookMachine,
  reason: ResetReason,
  at: number,
  { instrument }: MachineConfig,
): readonly DepthEvent[] {
  return mending.clean ? NO_EVENTS : [{ type: 'reset', instrument, reason, receivedTime: at }];
}

/**
 * The book is not to be trusted any more: it goes stale in this very step, and what mends it is asked for once.
 *
 * @param mending What is held and counted so far.
 */
export function breakBook(
  machine: BookMachine,
  mending: Mending,
  reason: Exclude<StaleReason, 'disconnected' | 'silent'>,
  notes: readonly Note[],
  at: number,
  c: MachineConfig,
): BookMachine {
  const told: Mending = { ...mending, clean: true };
  // Where each message is a whole book, the next one mends.
  const mendsItself = c.rule.name === 'replace';
  return {
    phase: c.mend === 'request' && !mendsItself ? 'requesting' : 'listening',
    state: staleFrom(machine.state, reason, at),
    book: undefined,
    events: resetEvents(machine, reason, at, c),
    notes,
    mending: mendsItself ? { ...told, asking: 0 } : ask(told, at, c),
  };
}
