import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { BookPosition, ContinuityRule } from '../continuity/rule.js';
import { numberOf, positionOf } from './numbering.js';
import type { Passed } from './state.js';

/** So many diffs in a row show at what pace the stream comes nearer to a snapshot. */
const PACED_BY = 3;
/** Many times more diffs than a snapshot is ahead of its stream: Binance's were by up to 14, guessed as 46 by the pace. */
const FAR = 100;
/** By so many diffs a snapshot may be newer than the stream that goes on from it. */
const ROOM = 32;

/** Whether a stream whose last diff it passed over is too far behind a snapshot to be of the same counting. */
export const isTooFar = (snapshot: BookPosition, { first, count, since }: Passed, last: DepthDiff): boolean =>
  since > ROOM || (first !== undefined && count >= PACED_BY && leadOf(snapshot, first, last, count) > FAR);

/**
 * How many diffs a stream is still away from a snapshot that is newer than it, by the pace of those passed over; 0 where
 * that can't be known.
 *
 * @param count How many there were from `first` to `last`.
 */
function leadOf(snapshot: BookPosition, first: DepthDiff, last: DepthDiff, count: number): number {
  const [to, from, since] = [snapshot, positionOf(last), positionOf(first)].map(numberOf);
  if (to === undefined || from === undefined || since === undefined || from <= since) return 0;
  return ((to - from) * (count - 1)) / (from - since);
}

/** Whether a stream that came to that diff has come to the snapshot. */
export const isReached = (rule: ContinuityRule, snapshot: DepthSnapshot, diff: DepthDiff): boolean =>
  (numberOf(snapshot) !== undefined && numberOf(snapshot) === numberOf(positionOf(diff))) ||
  rule.join(snapshot, diff) !== 'stale';

/** Whether one stands before the other in the same counting. */
export const isBehind = (one: BookPosition, other: BookPosition): boolean =>
  (numberOf(one) ?? 0) < (numberOf(other) ?? 0);
