import type { DepthDiff } from '../../model/depthEvent.js';

/** Where a book stands. Books and snapshots both have this shape. */
export interface BookPosition {
  /** The venue's sequence, where it numbers its books. */
  readonly sequence?: number | undefined;
  /** The venue's time of the last change, in ms, where it tells one. */
  readonly venueTime?: number | undefined;
  /** The venue's name of the last diff, where it names them. */
  readonly eventId?: string | undefined;
}

/** How a diff relates to a snapshot that no diff was folded into yet. */
export type Joining =
  /** It is the first diff to fold into the snapshot. */
  | 'joins'
  /** The snapshot holds it already. */
  | 'stale'
  /** At least one change lies between the two: the snapshot is too old for this diff. */
  | 'ahead';

/** How a diff relates to a book that diffs were folded into. */
export type Following =
  /** It continues the book. */
  | 'next'
  /** The book holds it already. */
  | 'stale'
  /** At least one change was lost between the two. */
  | 'gap';

/** By what numbers have gone on from one diff to the next. */
export interface NumberSteps {
  /** The widest step of this session, and how many were wider by far than all before. */
  readonly widest: number;
  readonly jumps: number;
  /** How many diffs came up to the newest one without a loss. */
  readonly count: number;
  /** What was told by countings that are over, if any was. */
  readonly past: object | undefined;
}

/** How the diffs of a venue follow one another. A rule is pure functions; a venue names its rule. */
export interface ContinuityRule {
  readonly name: 'range' | 'link' | 'step' | 'increasing' | 'wire' | 'watermark' | 'replace' | 'none';
  /** Whether a lost diff leaves no trace in those after it. */
  readonly isBlind?: boolean | undefined;
  /** Whether each message is whole and bears the time at which it was true, so that an older one came late. */
  readonly isTimed?: boolean | undefined;
  /** How `diff` relates to a snapshot that stands at `snapshot`, while no diff was folded into it. */
  join(snapshot: BookPosition, diff: DepthDiff): Joining;
  /** How `diff` relates to a book that stands at `position` by the diff before. */
  next(position: BookPosition, diff: DepthDiff): Following;
  /**
   * Whether a diff that goes on from `newest` is of a time that was over by then, or of a number: by these a snapshot that it has
   * yet to join says nothing of what was told before. Absent: none is.
   */
  isSetBack?(newest: DepthDiff, diff: DepthDiff): boolean;
  /** Whether a step so wide leads to numbers that began anew. Absent: none does. */
  isJump?(steps: NumberSteps, step: number): boolean;
}

/** Whether a sequence is the first of its numbering, which begins at 0 or 1. */
export const beginsNumbers = (sequence: number | undefined): boolean => sequence !== undefined && sequence <= 1;

/** So much earlier than what it goes on from it is of another time, in ms: it came late, or a clock was set back. */
const SET_BACK = 1_000;

/** Whether what comes is of a time that was over by then. */
export const isOfBefore = ({ venueTime: newest = NaN }: BookPosition, { venueTime = NaN }: BookPosition): boolean =>
  newest - venueTime >= SET_BACK;
