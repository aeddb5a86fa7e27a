import type { BookState } from '../../model/bookState.js';
import type { LossReason } from '../../model/connection.js';
import type { DepthEvent, DepthSnapshot } from '../../model/depthEvent.js';
import type { ContinuityRule } from '../continuity/rule.js';
import type { Fold } from '../fold.js';
import type { MutableTally } from '../tally.js';
import type { Note } from './note.js';

/** What a book is told by its venue and never changes. */
export interface MachineConfig {
  /** The instrument as the venue spells it; stands in the resets. */
  readonly instrument: string;
  readonly rule: ContinuityRule;
  /** How a book begins: `request` a snapshot and hold diffs meanwhile, or take the one in the stream's first `frame`. */
  readonly join: 'request' | 'frame';
  /** How a broken book is mended: `request` a snapshot, or `resubscribe` and take the one that comes in the stream. */
  readonly mend: 'request' | 'resubscribe';
  /** How the venue means its diffs. Default: each size is the new one at its price. */
  readonly fold?: Fold | undefined;
  /** Cuts each side to this many levels after each fold. Default: no cut. */
  readonly depth?: number | undefined;
  /** How many diffs are held for a snapshot at most. Default: 10,000. */
  readonly holdLimit?: number | undefined;
  /** How many levels those may have together, since it is levels that take room. Default: 200,000. */
  readonly holdLevels?: number | undefined;
  /** What is counted in. Default: a tally of its own. */
  readonly tally?: MutableTally | undefined;
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
  | { readonly type: 'resync'; readonly isPlanned?: boolean | undefined };

/** What a book does to the outside. All of it happens within a step, and none of it may step the machine again. */
export interface MachinePort {
  /** The time in ms. */
  readonly now: () => number;
  /** What the book claims from now on, and what that adds to the clean stream. */
  readonly tell: (state: BookState, events: readonly DepthEvent[]) => void;
  readonly note: (note: Note) => void;
  /**
   * Wants a snapshot under number `asked`, and no other any more; 0 is none at all.
   *
   * @param attempt Which in a row it is; the first is wanted at once.
   * @param atLeast What the venue asks us to wait before, in ms.
   * @param byRequest Whether it is to be requested, or comes in the stream after subscribing anew.
   */
  readonly want: (asked: number, attempt: number, atLeast: number, byRequest: boolean) => void;
}
