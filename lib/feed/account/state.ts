import type { AccountEvent, AccountReset, AccountState } from '../../model/accountEvent.js';
import { type Attempts, noAttempts } from '../../model/attempts.js';
import type { FaultNotice } from '../../model/fault.js';
import { syncing } from '../../model/trust.js';
import { type Pile, emptyPile } from './pile.js';

/** What an account is told by its venue and never changes. */
export interface AccountContext<E, S> {
  /** The channel's key; stands in the faults. */
  readonly channel: string;
  /** Folds the events of one message, or all that were held. Leaves a state as it is for events that it already holds. */
  readonly fold: (state: S, events: readonly E[]) => S;
  /** Reloads a live state every so often, in ms; `undefined`: never. */
  readonly reloadEvery: number | undefined;
  /** While this holds of a live state it is reloaded on that schedule. */
  readonly reloadWhile: (state: S) => boolean;
  /** Whether nothing that matters was left out of what was loaded. */
  readonly isWhole: () => boolean;
  /** Why the state, of which these events are a part by now, may not be what they say; `undefined`: it is. */
  readonly doubtOf: (state: S, events: readonly E[]) => string | undefined;
  /** How many events are held for a load at most. */
  readonly holdLimit: number;
  /** A state that was live for this many ms has its next load counted as the first again. */
  readonly stableAfter: number;
  /** The moment, in ms. */
  readonly now: () => number;
  /** How much time has passed since some beginning, in ms: never goes back. */
  readonly elapsed: () => number;
}

/** Where the request for the whole state is: not requested, to be requested after a wait, or out. */
type RequestPhase = 'not' | 'planned' | 'out';

/** All that is known of one account. */
export interface AccountMachine<E, S> {
  /** What is claimed of its state. */
  readonly claim: AccountState<S>;
  /** Whether the venue has confirmed its subscription in this session. */
  readonly isConfirmed: boolean;
  /** As what the next beginning is emitted. */
  readonly next: AccountReset['reason'];
  readonly phase: RequestPhase;
  /** The number of the last request: the answer to any other is nobody's. */
  readonly request: number;
  readonly attempts: Attempts;
  /** Events that the answer to a request may lack. */
  readonly held: Pile<E>;
  /** Events that were discarded since the last state, with what they were held for: the newest of them. */
  readonly passed: Pile<E>;
}

/** What is wanted of the outside, and nothing else any more. */
export type AccountWant<E, S> =
  /** Whatever is planned or out is discarded. */
  | { readonly type: 'nothing' }
  /** A word under that number after a pause for that attempt, and after `atLeast` ms. */
  | { readonly type: 'wait'; readonly request: number; readonly attempt: number; readonly atLeast: number }
  /** The whole state, now. `last` is the last one there was, `passed` what was discarded since. */
  | {
      readonly type: 'load';
      readonly request: number;
      readonly last: S | undefined;
      readonly passed: readonly E[];
    };

/** One thing that happened to an account. */
export interface AccountUpdate<E, S> {
  /** Absent where only the claim changed. */
  readonly event: AccountEvent<E, S> | undefined;
  readonly state: AccountState<S>;
}

/** What comes of one input. Notes are reported first, then the updates; then what is wanted is done. */
export interface AccountStep<E, S> {
  readonly state: AccountMachine<E, S>;
  readonly notes: readonly FaultNotice[];
  readonly updates: readonly AccountUpdate<E, S>[];
  readonly want: AccountWant<E, S> | undefined;
}

/** A step that only leads to a state. */
export const stepTo = <E, S>(state: AccountMachine<E, S>): AccountStep<E, S> => ({
  state,
  notes: [],
  updates: [],
  want: undefined,
});

/** What is emitted before anything happened. */
export const firstStep = <E, S>(): AccountStep<E, S> => ({
  state: {
    claim: syncing,
    isConfirmed: false,
    next: 'connected',
    phase: 'not',
    request: 0,
    attempts: noAttempts,
    held: emptyPile,
    passed: emptyPile,
  },
  notes: [],
  updates: [{ event: undefined, state: syncing }],
  want: undefined,
});
