import type { DepthDiff } from '../../model/depthEvent.js';
import { hasFallen } from './link.js';
import type { BookPosition, ContinuityRule, Following } from './rule.js';

/**
 * Snapshot and diffs come in one stream, in order, and each diff names the message before it: whatever goes on from
 * anything else than the book as it stands means that something was lost. Nothing is ever passed over as old, since
 * numbers may fall (OKX, maintenance: 15, then 3 linked by 15, then 5 linked by 3), and a message that changes nothing
 * bears the number of the one before (a keepalive: 15 linked by 15).
 *
 * OKX: `prevSeqId` is the last `seqId` (docs-v5, "Sequence number"). Frames of the years before it had numbers have none
 * in snapshot and diffs alike: there each counts, and the checksum tells. One without a number in a book that has one, or
 * the other way round, does not go on.
 */
export const chainRule: ContinuityRule = {
  name: 'link',
  join(snapshot: BookPosition, diff: DepthDiff) {
    return goesOn(snapshot, diff) ? 'joins' : 'ahead';
  },
  next(position: BookPosition, diff: DepthDiff): Following {
    return goesOn(position, diff) ? 'next' : 'gap';
  },
  isSetBack: hasFallen,
};

const goesOn = ({ sequence }: BookPosition, { previousSequence, lastSequence }: DepthDiff): boolean =>
  previousSequence === sequence && (lastSequence === undefined) === (sequence === undefined);
