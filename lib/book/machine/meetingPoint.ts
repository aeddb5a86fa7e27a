import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { ContinuityRule } from '../continuity/rule.js';

/**
 * The index of the held diff that joins the snapshot, or how many there are when the snapshot holds them all;
 * `undefined` when the snapshot is too old.
 *
 * A diff that ends where the snapshot stands may be folded again or not. One that spoilt a book is not.
 *
 * @param suspect The diff that spoilt a book, while it is held.
 */
export function meetingPoint(
  rule: ContinuityRule,
  snapshot: DepthSnapshot,
  held: readonly DepthDiff[],
  suspect: DepthDiff | undefined,
): number | undefined {
  let stale = 0;
  for (const [index, diff] of held.entries()) {
    const joining = rule.join(snapshot, diff);
    const spoilt = diff === suspect && diff.lastSequence !== undefined && diff.lastSequence === snapshot.sequence;
    if (joining === 'joins' && !spoilt) return index;
    if (joining !== 'ahead') stale += 1;
  }
  return stale === held.length ? stale : undefined;
}
