import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { ContinuityRule } from '../continuity/rule.js';
import type { Mending } from './state.js';

/**
 * The index of the held diff that joins the snapshot, or how many there are when the snapshot holds them all;
 * `undefined` when the snapshot is too old.
 *
 * A diff that ends where the snapshot stands is in it. The first time it joins where the rule says so, as venues tell; once
 * something broke it does not: folded again it may spoil the book again.
 */
export function meetingPoint(
  rule: ContinuityRule,
  { hasJoined, attempt }: Pick<Mending, 'hasJoined' | 'attempt'>,
  snapshot: DepthSnapshot,
  held: readonly DepthDiff[],
): number | undefined {
  const isSuspect = (diff: DepthDiff): boolean =>
    (hasJoined || attempt > 1) && diff.lastSequence !== undefined && diff.lastSequence === snapshot.sequence;
  const joinings = held.map((diff) => (isSuspect(diff) ? 'stale' : rule.join(snapshot, diff)));
  const first = joinings.indexOf('joins');
  if (first >= 0) return first;
  return joinings.includes('ahead') ? undefined : held.length;
}
