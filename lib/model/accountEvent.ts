import type { LossReason } from './connection.js';
import type { Trust } from './trust.js';

/** A new session: events may have been missed before it. A snapshot follows as soon as the venue gives one. */
export interface AccountReset {
  readonly type: 'reset';
  /** `connected`: the first session; `gap`: something may have been lost within one; `resync`: by hand. */
  readonly reason: 'connected' | 'reconnected' | 'gap' | 'resync';
  /** When, in ms. */
  readonly at: number;
}
/** The whole state as the venue tells it, with every event since the reset already folded in: replaces what was held. */
export interface AccountSnapshot<S> {
  readonly type: 'snapshot';
  /** What the account holds. */
  readonly value: S;
  /** When we had it, in ms. */
  readonly at: number;
}
/** One event as it came, in order. */
export interface AccountChange<E> {
  readonly type: 'event';
  /** What happened. */
  readonly value: E;
  /** When we had it, in ms. */
  readonly at: number;
}

/** What an account stream tells: `reset → (event)* → snapshot → (event)*`, again from `reset` after each reconnect. */
export type AccountEvent<E, S> = AccountReset | AccountSnapshot<S> | AccountChange<E>;

/**
 * What an account holds, and whether that can be trusted. `unreadable`: something that matters could not be read, and was left
 * out; the rest goes on, and the whole is asked for again.
 */
export type AccountState<S> = Trust<{ readonly value: S }, LossReason | 'gap' | 'resync' | 'unreadable'>;
