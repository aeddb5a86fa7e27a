import type { DepthDiff } from '../../model/depthEvent.js';
import { type BookPosition, type ContinuityRule, type Following, type Joining, isOfBefore } from './rule.js';

/**
 * Each diff has one sequence, the one after the diff before. Bybit: `u == last.u + 1`; T+: `sequence_number`.
 * A diff without a number never continues, nor one of a time before: where numbers began anew from 1 one that came late may
 * bear the very next of them.
 */
export const stepRule: ContinuityRule = {
  name: 'step',
  join(snapshot: BookPosition, diff: DepthDiff): Joining {
    const following = this.next(snapshot, diff);
    return following === 'next' ? 'joins' : following === 'gap' ? 'ahead' : 'stale';
  },
  next(position: BookPosition, diff: DepthDiff): Following {
    const { sequence } = position;
    const { lastSequence } = diff;
    if (sequence === undefined || lastSequence === undefined) return 'gap';
    if (lastSequence <= sequence) return 'stale';
    return lastSequence === sequence + 1 && !isOfBefore(position, diff) ? 'next' : 'gap';
  },
};
