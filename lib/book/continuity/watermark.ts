import type { DepthDiff } from '../../model/depthEvent.js';
import type { ContinuityRule, Following, Joining, BookPosition } from './rule.js';

/**
 * Nothing is numbered; a diff counts when its time is newer than the snapshot's. A lost diff can't be seen: only a
 * crossed book or an audit tells. Bitstamp: `microtimestamp`.
 *
 * Two diffs of the same instant both count; one older than what is folded already came too late, which breaks the book.
 */
export const watermarkRule: ContinuityRule = {
  name: 'watermark',
  isBlind: true,
  join({ venueTime }: BookPosition, diff: DepthDiff): Joining {
    return venueTime !== undefined && diff.venueTime !== undefined && diff.venueTime <= venueTime ? 'stale' : 'joins';
  },
  next({ venueTime }: BookPosition, diff: DepthDiff): Following {
    return venueTime !== undefined && diff.venueTime !== undefined && diff.venueTime < venueTime ? 'stale' : 'next';
  },
};
