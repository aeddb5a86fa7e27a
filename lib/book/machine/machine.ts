import type { BookState } from '../../model/bookState.js';
import type { LossReason } from '../../model/connection.js';
import type { DepthDiff, DepthEvent, DepthSnapshot } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { ChecksumTest } from '../checksum.js';
import type { ContinuityRule } from '../continuity/rule.js';
import type { FoldOptions } from '../orderBook.js';
import type { SizeReading } from '../sizeReading.js';
import type { MutableTally } from '../tally.js';
import type { Held } from './held.js';

/** What a book is told by its venue and never changes. */
export interface MachineConfig {
  /** The instrument as the venue spells it; stands in the resets. */
  readonly instrument: string;
  readonly rule: ContinuityRule;
  /** How a book begins: `request` a snapshot and hold diffs meanwhile, or take the one in the stream's first `frame`. */
  readonly join: 'request' | 'frame';
  /** How a broken book is mended: `request` a snapshot, or `resubscribe` and take the one that comes in the stream. */
  readonly mend: 'request' | 'resubscribe';
  readonly checksum?: ChecksumTest | undefined;
  /** How the sizes of a diff are meant. Default: each is the new size at its price. */
  readonly sizes?: SizeReading | undefined;
  /** The depth to cut to and the tally to count in. */
  readonly fold: FoldOptions & { readonly tally: MutableTally };
  /** How many diffs are held for a snapshot at most. */
  readonly holdLimit: number;
  /** A book that was live for this many ms has its next mending counted as the first again. */
  readonly stableAfter: number;
}

/** What can happen to a book. */
export type MachineInput =
  | DepthEvent
  /** A session opened; what was folded before is void. */
  | { readonly type: 'begun' }
  /** The venue confirmed the subscription: every later change arrives. */
  | { readonly type: 'confirmed' }
  /** The session ended, or lost count of this channel. */
  | { readonly type: 'lost'; readonly reason: LossReason | 'gap' }
  /** The snapshot asked for under number `asked` is here. */
  | { readonly type: 'answered'; readonly asked: number; readonly snapshot: DepthSnapshot }
  /** Number `asked` got no answer. The next one waits for `atLeast` ms. */
  | { readonly type: 'failed'; readonly asked: number; readonly text: string; readonly atLeast: number }
  /** A message that could not be read may have been this book's. */
  | { readonly type: 'missed' }
  /** Nothing arrived for too long. */
  | { readonly type: 'silence' }
  /** Somebody doubts the book. */
  | { readonly type: 'resync' };

/** Something worth a fault. */
export type Note =
  | {
      readonly type: 'gap';
      readonly reason: 'gap' | 'checksum' | 'crossed';
      readonly expected?: number | string | undefined;
      readonly received?: number | undefined;
      /** What went wrong, where the numbers don't say it. */
      readonly text?: string | undefined;
    }
  /** A stale book is live by a fresh snapshot, `after` ms after it went stale. */
  | { readonly type: 'mended'; readonly after: number }
  /** The snapshot of attempt `attempt` was not to be had or did not fit. */
  | { readonly type: 'unfit'; readonly attempt: number; readonly text: string }
  /** The `count` oldest of the held diffs had to go. */
  | { readonly type: 'dropped'; readonly count: number };

/** Where the way to a live book has got to. */
export interface Mending {
  readonly held: Held;
  /** The diff that a checksum or a crossed book was noticed at, while it is held. */
  readonly suspect: DepthDiff | undefined;
  /** The number of the snapshot that is wanted at the moment; 0 when none is. */
  readonly asking: number;
  /** The last number given. */
  readonly asked: number;
  /** Which attempt in a row this is; the first is made at once. */
  readonly attempt: number;
  /** What the venue asks us to wait before the next attempt, in ms. */
  readonly atLeast: number;
  /** When the book became live, in ms; `Infinity` while it is not. */
  readonly liveSince: number;
  /** Whether there was a live book in this session. */
  readonly joined: boolean;
  /** Whether a reset was told and nothing since. */
  readonly clean: boolean;
}

/**
 * A book and all that keeps it right, as a value.
 *
 *     down ──begun──▶ requesting ──snapshot──▶ fresh ──diff──▶ joined
 *                     listening  ──(by request,      (no diff       │
 *                         ▲         or in band)       folded yet)   │
 *                         └──────── gap, checksum, crossed, resync ─┘      lost: from anywhere to down
 */
export interface BookMachine {
  /** `requesting` holds diffs and wants a snapshot by request; `listening` waits for one in the stream. */
  readonly phase: 'down' | 'requesting' | 'listening' | 'fresh' | 'joined';
  /** What is claimed to the outside. */
  readonly state: BookState;
  /** The book as folded so far; there is one in `fresh` and `joined` only. */
  readonly book: OrderBook | undefined;
  /** What the last step adds to the clean stream. */
  readonly events: readonly DepthEvent[];
  /** What the last step has to report. */
  readonly notes: readonly Note[];
  readonly mending: Mending;
}

export const NO_EVENTS: readonly DepthEvent[] = [];
export const NO_NOTES: readonly Note[] = [];
