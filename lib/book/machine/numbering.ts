import type { DepthDiff } from '../../model/depthEvent.js';
import type { BookPosition, ContinuityRule, NumberSteps } from '../continuity/rule.js';
import { sameLevels } from '../sameLevel.js';

/** How far the numbers of a stream have come, whatever book its diffs are folded into. */
export interface Numbering extends NumberSteps {
  /** The diff that came furthest. */
  readonly newest: DepthDiff | undefined;
  /** The last one behind it, where some came since. */
  readonly low: DepthDiff | undefined;
  /** How many in a row lay behind it. */
  readonly behind: number;
  /** The number that the present counting was first seen at. */
  readonly from: number | undefined;
  /** Where the diffs began that came up to the newest one without a loss. */
  readonly first: DepthDiff | undefined;
  /** What was told by countings that are over. */
  readonly past: Span | undefined;
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

/**
 * Judges a diff by the numbers of its own stream. They began anew where diff after diff lies behind the newest one, and
 * where numbers overtake it that did not come from it: such a diff goes on from one behind, begins before the newest
 * one itself began, or is linked to what lies behind its end. A diff that only came again, or came late, is none of these.
 */
export function orderOf(rule: ContinuityRule, numbering: Numbering, diff: DepthDiff): Order {
  const { newest, low, behind } = numbering;
  if (newest === undefined) return 'next';
  const following = rule.next(positionOf(newest), diff);
  if (following === 'stale') {
    if (isSame(newest, diff)) return 'repeat';
    return behind + 1 < DOUBTED_AFTER ? 'behind' : 'anew';
  }
  if (following === 'gap') return linksBehind(diff, newest) ? 'anew' : 'gap';
  const isOvertaking = low !== undefined && rule.next(positionOf(low), diff) === 'next';
  const isJump = rule.isJump?.(numbering, distanceTo(numbering, numberOf(positionOf(diff))));
  return isOvertaking || beginsBefore(diff, newest) || isJump === true ? 'anew' : 'next';
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
  // Where one began that began anew was not seen.
  return past === undefined ? { from, to } : { from: from > past.to ? past.from : 0, to: Math.max(past.to, to) };
}

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

/** In one counting nothing that goes past the newest one goes on from before its end. */
const linksBehind = (
  { previousSequence = Infinity, lastSequence = 0 }: DepthDiff,
  { lastSequence: newest = 0 }: DepthDiff,
): boolean => previousSequence < newest && newest < lastSequence;

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
