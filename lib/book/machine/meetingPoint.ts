import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { ContinuityRule } from '../continuity/rule.js';

/**
 * The index of the held diff that joins the snapshot, or how many there are when the snapshot holds them all;
 * `undefined` when the snapshot is too old.
 *
 * A diff that ends where the snapshot stands is in it, whatever the rule: folded again it may spoil the book again.
 */
export function meetingPoint(
  rule: ContinuityRule,
  snapshot: DepthSnapshot,
  held: readonly DepthDiff[],
): number | undefined {
  const joinings = held.map((diff) =>
    diff.lastSequence !== undefined && diff.lastSequence === snapshot.sequence ? 'stale' : rule.join(snapshot, diff),
  );
  const first = joinings.indexOf('joins');
  if (first >= 0) return first;
  return joinings.includes('ahead') ? undefined : held.length;
}
