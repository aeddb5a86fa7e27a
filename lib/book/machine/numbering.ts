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
}

/** Nothing was numbered yet. */
export const unnumbered: Numbering = { newest: undefined, low: undefined, behind: 0 };

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
const DOUBTED_AFTER = 3;

/**
 * Judges a diff by the numbers of its own stream. They began anew where diff after diff lies behind the newest one, and
 * where numbers overtake it that did not come from it: such a diff goes on from one behind, or begins before the newest
 * one itself began. A diff that only came again, or came late, is none of these.
 */
export function orderOf(rule: ContinuityRule, { newest, low, behind }: Numbering, diff: DepthDiff): Order {
  if (newest === undefined) return 'next';
  const following = rule.next(positionOf(newest), diff);
  if (following === 'stale') {
    if (isSame(newest, diff)) return 'repeat';
    return behind + 1 < DOUBTED_AFTER ? 'behind' : 'anew';
  }
  if (following === 'gap') return 'gap';
  const isOvertaking = low !== undefined && rule.next(positionOf(low), diff) === 'next';
  return isOvertaking || beginsBefore(diff, newest) ? 'anew' : 'next';
}

/** The numbering after a diff of that order. */
export function numberedBy(numbering: Numbering, order: Order, diff: DepthDiff): Numbering {
  if (order === 'behind') return { newest: numbering.newest, low: diff, behind: numbering.behind + 1 };
  if (order === 'repeat' && numbering.behind === 0) return numbering;
  // Come again with what it told before, it proves that the numbers are still the same.
  const isNewest = order !== 'repeat' && numberOf(positionOf(diff)) !== undefined;
  return { newest: isNewest ? diff : numbering.newest, low: undefined, behind: 0 };
}

/** Where a book stands by that diff. */
export const positionOf = ({ lastSequence, venueTime }: DepthDiff): BookPosition => ({
  sequence: lastSequence,
  venueTime,
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
  sameLevels(a.bids, b.bids) &&
  sameLevels(a.asks, b.asks);

/** The number that a position is told by. */
export const numberOf = ({ sequence, venueTime }: BookPosition): number | undefined => sequence ?? venueTime;
