import type { DepthDiff } from '../../model/depthEvent.js';
import { type BookPosition, type ContinuityRule, type Following, type Joining, beginsNumbers } from './rule.js';

/**
 * Each diff has one sequence, above that of the diff before, but not necessarily the next one. A lost diff can't be seen:
 * only a crossed book or an audit tells. For venues of which it is not known whether they leave numbers out.
 */
export const increasingRule: ContinuityRule = {
  name: 'increasing',
  isBlind: true,
  join(snapshot: BookPosition, diff: DepthDiff): Joining {
    if (this.next(snapshot, diff) === 'stale') return 'stale';
    // A snapshot from before the first number: a later one than that was preceded by a lost one.
    const isUnbegun = snapshot.sequence !== undefined && snapshot.sequence <= 0;
    return isUnbegun && !beginsNumbers(diff.lastSequence) ? 'ahead' : 'joins';
  },
  next({ sequence }: BookPosition, { lastSequence }: DepthDiff): Following {
    if (sequence === undefined || lastSequence === undefined) return 'next';
    return lastSequence <= sequence ? 'stale' : 'next';
  },
};
