import type { BookState, LiveBook, StaleBook } from '../../model/bookState.js';
import type { BookUpdate } from '../../model/bookUpdate.js';
import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { Held } from './held.js';
import type { Note } from './note.js';
import type { Numbering } from './numbering.js';

/** How often, and since when, a snapshot is requested. */
export interface Mending {
  /** The number of the snapshot that is wanted at the moment; 0 when none is. */
  readonly pending: number;
  /** The number that was given last. */
  readonly request: number;
  readonly attempt: number;
  /** Since when the book is live, as `elapsed` counts; `Infinity` when it is not. */
  readonly liveSince: number;
  /** Whether there was a live book in this session. */
  readonly hasJoined: boolean;
  /** When snapshot and stream did not seem to be of one counting, as `elapsed` counts; `-Infinity` when they always did. */
  readonly doubtedAt: number;
  /** Since when the book is stale, as `elapsed` counts: `since` of its claim is by a clock that may be set. */
  readonly staleSince: number;
}

interface Common {
  /** What is claimed of the book. */
  readonly claim: BookState;
  readonly mending: Mending;
  /** How far the numbers of the stream have come, in this session. */
  readonly numbering: Numbering;
  /** Whether a reset was emitted and nothing since. */
  readonly isClean: boolean;
}
/** There is no session. */
interface Down extends Common {
  readonly phase: 'down';
}
/** Waits for a snapshot in the stream. */
interface Listening extends Common {
  readonly phase: 'listening';
}
/** Holds diffs and wants a snapshot by request. */
export interface Requesting extends Common {
  readonly phase: 'requesting';
  readonly held: Held;
  /** The last diff that is known not to be held, or a later one: what a snapshot must hold where no rule tells. */
  readonly passed: DepthDiff | undefined;
  /** A snapshot ahead of all that is held, which is not believed yet. */
  readonly candidate: Candidate | undefined;
  /** Since when the snapshots that come are older than what the stream told, as `elapsed` counts. */
  readonly outrunSince: number | undefined;
  /** A snapshot by time that is older than all that is held, and how often the same one came. */
  readonly unproven?: { readonly number: number | undefined; readonly times: number } | undefined;
}
/** Folds diff after diff into the book of its claim. */
export interface Following extends Common {
  readonly phase: 'following';
  /** A book that fell silent is folded on. */
  readonly claim: LiveBook | StaleBook;
  /** The snapshot that it began with, as long as no diff was folded into it. */
  readonly fresh: Fresh | undefined;
}

/** A snapshot that was believed, and what its stream told of it since. */
export interface Fresh {
  readonly snapshot: DepthSnapshot;
  /** How many diffs were passed over, as older than it. */
  readonly passed: number;
  /** Those of them that came one after the other up to the last. */
  readonly diffs: readonly DepthDiff[];
}

/** All that is known of one book. */
export type Machine = Down | Listening | Requesting | Following;

export interface Candidate {
  readonly snapshot: DepthSnapshot;
  /** Whether a later one has shown that its counting goes on. */
  readonly isProven: boolean;
}

/** What is wanted of the outside, and nothing else any more. */
export type Want =
  | { readonly type: 'nothing' }
  | {
      /** Whether the snapshot is to be requested, or comes in the stream after subscribing anew. */
      readonly type: 'request' | 'resubscribe';
      /** The number to answer under. */
      readonly request: number;
      /** Which in a row it is; the first is wanted at once. */
      readonly attempt: number;
      /** What the venue asks us to wait before, in ms. */
      readonly atLeast: number;
    };

/** What comes of one input. Notes are to be reported first, then the update; then what is wanted is to be requested. */
export interface Step {
  readonly state: Machine;
  readonly update: BookUpdate | undefined;
  readonly notes: readonly Note[];
  readonly want: Want | undefined;
}

const NO_NOTES: readonly Note[] = [];

/** A step that only leads to a state, and perhaps emits it. */
export const stepTo = (state: Machine, update?: BookUpdate): Step => ({
  state,
  update,
  notes: NO_NOTES,
  want: undefined,
});
