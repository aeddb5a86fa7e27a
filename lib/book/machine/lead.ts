import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import { type BookPosition, type ContinuityRule, isOfBefore } from '../continuity/rule.js';
import { type Numbering, positionOf } from './numbering.js';

/**
 * Many times more diffs than a snapshot is ahead of its stream: Binance's were by up to 14, guessed as 46 by the pace. A pace
 * that is known of a single diff is hardly one.
 */
const FAR = 100;
const FAR_BY_ONE = 10_000;
/** By so many diffs a snapshot may be newer than the stream that goes on from it. */
const ROOM = 32;
/** So far a snapshot may be ahead of its stream by time alone, in ms: a stream that late is none to go by. */
const LATE = 30_000;

/**
 * Whether a stream is too far behind a snapshot to be of the same counting.
 *
 * @param passed How many diffs the snapshot was ahead of since it came.
 */
export function isTooFar(rule: ContinuityRule, snapshot: BookPosition, numbering: Numbering, passed = 0): boolean {
  const { newest, first, count } = numbering;
  // Times do not begin anew, and a snapshot of a venue that has nothing else may be as much newer as it likes.
  if (snapshot.sequence === undefined) return false;
  if (passed > ROOM) return true;
  const lead = newest && distance(positionOf(newest), snapshot);
  if (lead === undefined || newest === undefined || first === undefined) return false;
  // Where each diff is one number the next can't but be known.
  if (rule.name === 'step') return lead > ROOM;
  const from = beforeOf(rule, first);
  const steps = from === undefined ? count - 1 : count;
  const pace = (distance(from ?? positionOf(first), positionOf(newest)) ?? 0) / steps;
  return pace > 0 && lead / pace > (steps > 1 ? FAR : FAR_BY_ONE);
}

/**
 * Whether the times of a snapshot, and of a diff that it is said to hold, say that they are of two countings: what is later than a
 * snapshot is not in it, whatever its number says; a time that is far ahead was told before a clock was set back.
 */
export const isOfAnotherTime = (snapshot: BookPosition, diff: BookPosition): boolean =>
  snapshot.sequence === undefined
    ? (snapshot.venueTime ?? NaN) - (diff.venueTime ?? NaN) > LATE
    : isOfBefore(diff, snapshot);

/** Where the book stood before a diff that tells it, by the diff's own counting: a link may lead to one that is over. */
function beforeOf(
  { name }: ContinuityRule,
  { previousSequence = Infinity, firstSequence, lastSequence = 0 }: DepthDiff,
): BookPosition | undefined {
  if (name === 'link' && previousSequence < lastSequence) return { sequence: previousSequence };
  return (name === 'link' || name === 'range') && firstSequence !== undefined
    ? { sequence: firstSequence - 1 }
    : undefined;
}

/** `undefined` where the two are not numbered alike. */
function distance(from: BookPosition, to: BookPosition): number | undefined {
  if (from.sequence !== undefined && to.sequence !== undefined) return to.sequence - from.sequence;
  return from.venueTime !== undefined && to.venueTime !== undefined ? to.venueTime - from.venueTime : undefined;
}

/** Whether a stream that came to that diff has come to the snapshot. */
export const isReached = (rule: ContinuityRule, snapshot: DepthSnapshot, diff: DepthDiff): boolean =>
  distance(snapshot, positionOf(diff)) === 0 || rule.join(snapshot, diff) !== 'stale';

/** Whether the rule goes by numbers that a snapshot has too. */
export const isNumbered = ({ name }: ContinuityRule): boolean =>
  name !== 'none' && name !== 'wire' && name !== 'replace';

/** Whether one stands before the other in the same counting. */
export const isBehind = (one: BookPosition, other: BookPosition): boolean => (distance(one, other) ?? 0) > 0;
