import type { DepthDiff } from '../../model/depthEvent.js';
import type { ContinuityRule, Following, Joining, BookPosition } from './rule.js';

/**
 * Each diff has one sequence, the one after the diff before. Bybit: `u == last.u + 1`; T+: `sequence_number`.
 * A diff without a number never continues.
 */
export const stepRule: ContinuityRule = {
  name: 'step',
  join(snapshot: BookPosition, diff: DepthDiff): Joining {
    const following = this.next(snapshot, diff);
    return following === 'next' ? 'joins' : following === 'gap' ? 'ahead' : 'stale';
  },
  next({ sequence }: BookPosition, { lastSequence }: DepthDiff): Following {
    if (sequence === undefined || lastSequence === undefined) return 'gap';
    if (lastSequence <= sequence) return 'stale';
    return lastSequence === sequence + 1 ? 'next' : 'gap';
  },
};
