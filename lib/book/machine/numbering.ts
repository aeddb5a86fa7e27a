import type { DepthDiff } from '../../model/depthEvent.js';
import type { BookPosition, ContinuityRule } from '../continuity/rule.js';
import { sameLevels } from '../sameLevel.js';

/** How far the numbers of a stream have come, whatever book its diffs are folded into. */
export interface Numbering {
  /** The diff that came furthest. */
  readonly newest: DepthDiff | undefined;
  /** The last one behind it, where some came since. */
  readonly low: DepthDiff | undefined;
  /** How many in a row lay behind it. */
  readonly behind: number;
  /** The number that the present counting was first seen at. */
  readonly from: number | undefined;
  /** Where the diffs began that came up to the newest one without a loss, and how many they are. */
  readonly first: DepthDiff | undefined;
  readonly count: number;
  /** What was told by countings that are over. */
  readonly past: Span | undefined;
  /** The widest step of this session from one number to the next, and how many were wider by far than all before. */
  readonly widest: number;
  readonly jumps: number;
}

/** Numbers from one to another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Nothing was numbered yet. */
export const unnumbered: Numbering = {
  newest: undefined,
  low: undefined,
  behind: 0,
  from: undefined,
  first: undefined,
  count: 0,
  past: undefined,
  widest: 0,
  jumps: 0,
};

/** Nothing was numbered yet in a new session; what was before it is remembered. */
export const afterSession = (numbering: Numbering): Numbering => ({ ...unnumbered, past: pastOf(numbering) });

/** How a diff stands to what its stream told before it. */
export type Order =
  /** It goes on from the newest one. */
  | 'next'
  /** At least one between the two was lost. */
  | 'gap'
  /** The newest one came again. */
  | 'repeat'
  /** It lies behind the newest one: it came late, or came again, or the numbers begin anew. */
  | 'behind'
  /** The numbers begin anew: what was told before counts no more. */
  | 'anew';

/** So many in a row behind the newest one say that it is of another counting, or of another book. */
export const DOUBTED_AFTER = 3;
/** So many times the widest step is no step of the same counting, once there were some steps to tell by. */
const JUMP = 1_000;
const TOLD_BY = 3;
/** After so many jumps in a session they are how its numbers are. */
const JUMPS = 8;

/**
 * Judges a diff by the numbers of its own stream. They began anew where diff after diff lies behind the newest one, and
 * where numbers overtake it that did not come from it: such a diff goes on from one behind, or begins before the newest
 * one itself began. A diff that only came again, or came late, is none of these.
 */
export function orderOf(rule: ContinuityRule, numbering: Numbering, diff: DepthDiff): Order {
  const { newest, low, behind } = numbering;
  if (newest === undefined) return 'next';
  const following = rule.next(positionOf(newest), diff);
  if (following === 'stale') {
    if (isSame(newest, diff)) return 'repeat';
    return behind + 1 < DOUBTED_AFTER ? 'behind' : 'anew';
  }
  if (following === 'gap') return 'gap';
  const isOvertaking = low !== undefined && rule.next(positionOf(low), diff) === 'next';
  return isOvertaking || beginsBefore(diff, newest) || isJump(rule, numbering, diff) ? 'anew' : 'next';
}

/** The numbering after a diff of that order. */
export function numberedBy(numbering: Numbering, order: Order, diff: DepthDiff): Numbering {
  if (order === 'behind') return { ...numbering, low: diff, behind: numbering.behind + 1 };
  const number = numberOf(positionOf(diff));
  // Come again with what it told before, it proves that the numbers are still the same.
  if (order === 'repeat' || number === undefined)
    return numbering.behind === 0 ? numbering : { ...numbering, low: undefined, behind: 0 };
  const { first = diff, count, from = number, past, widest, jumps } = numbering;
  const step = distanceTo(numbering, number);
  // Links may go on over numbers that fall: the book is as right as before, and its numbers are others.
  const isAnew = order === 'anew' || step < 0;
  const isNext = order === 'next' && !isAnew;
  // Field by field: each diff makes one.
  return {
    newest: diff,
    low: undefined,
    behind: 0,
    from: isAnew ? number : from,
    first: isNext ? first : diff,
    count: isNext ? count + 1 : 1,
    past: isAnew ? pastOf(numbering) : past,
    widest: isNext && step > widest ? step : widest,
    jumps: isAnew && step > 0 ? jumps + 1 : jumps,
  };
}

/** Whether a session's first diff lies behind what was told before the session. */
export function beginsBehind({ past }: Numbering, diff: DepthDiff): boolean {
  const number = numberOf(positionOf(diff));
  return past !== undefined && number !== undefined && number < past.to;
}

/** Whether what was told before, by numbers that seem to go on, came further than a snapshot. */
export function isBeforePast({ past, from }: Numbering, snapshot: BookPosition): boolean {
  const number = numberOf(snapshot);
  return past !== undefined && number !== undefined && number < past.to && (from === undefined || from > past.to);
}

/** Whether a number that the stream has come to may be of a counting that is over all the same. */
export const mayBePast = ({ past, from }: Numbering, number: number | undefined): boolean =>
  past !== undefined &&
  number !== undefined &&
  number >= past.from &&
  from !== undefined &&
  (from <= past.to || number < from);

/** What is over once the numbers begin anew. */
function pastOf({ from, newest, past }: Numbering): Span | undefined {
  const to = newest && numberOf(positionOf(newest));
  if (from === undefined || to === undefined) return past;
  return past === undefined ? { from, to } : { from: Math.min(past.from, from), to: Math.max(past.to, to) };
}

/** So much earlier than the one before a diff is by a clock that was set back, in ms. */
const SET_BACK = 1_000;

/**
 * Whether a diff that goes on from the one before it is of a time that was over by then, or of a number: by these a snapshot that
 * it has yet to join says nothing of what was told before.
 */
export const isSetBack = ({ newest }: Numbering, diff: DepthDiff): boolean => {
  const { previousEventId, previousSequence, venueTime = NaN, lastSequence = NaN } = diff;
  const isEarlier = previousEventId !== undefined && (newest?.venueTime ?? NaN) - venueTime >= SET_BACK;
  return isEarlier || (previousSequence !== undefined && lastSequence < (newest?.lastSequence ?? NaN));
};

/** Where a loss leaves no trace, only a step wider than all others by far shows that numbers began anew further on. */
const isJump = ({ name }: ContinuityRule, numbering: Numbering, diff: DepthDiff): boolean =>
  name === 'increasing' &&
  numbering.widest > 0 &&
  (numbering.count > TOLD_BY || numbering.past !== undefined) &&
  numbering.jumps < JUMPS &&
  distanceTo(numbering, numberOf(positionOf(diff))) > JUMP * numbering.widest;

/** How far that number is from the newest one; 0 where that is not known. */
const distanceTo = ({ newest }: Numbering, number: number | undefined): number => {
  const before = newest && numberOf(positionOf(newest));
  return before === undefined || number === undefined ? 0 : number - before;
};

/** Where a book stands by that diff. */
export const positionOf = ({ lastSequence, venueTime, eventId }: DepthDiff): BookPosition => ({
  sequence: lastSequence,
  venueTime,
  eventId,
});

/** Linked diffs say by themselves what they go on from; their numbers may fall. */
const beginsBefore = (diff: DepthDiff, newest: DepthDiff): boolean =>
  diff.previousSequence === undefined &&
  diff.firstSequence !== undefined &&
  newest.firstSequence !== undefined &&
  diff.firstSequence < newest.firstSequence;

const isSame = (a: DepthDiff, b: DepthDiff): boolean =>
  a.firstSequence === b.firstSequence &&
  a.lastSequence === b.lastSequence &&
  a.previousSequence === b.previousSequence &&
  a.venueTime === b.venueTime &&
  a.eventId === b.eventId &&
  sameLevels(a.bids, b.bids) &&
  sameLevels(a.asks, b.asks);

/** The number that a position is told by. */
export const numberOf = ({ sequence, venueTime }: BookPosition): number | undefined => sequence ?? venueTime;
