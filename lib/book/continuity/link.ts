import type { DepthDiff } from '../../model/depthEvent.js';
import type { ContinuityRule, Following, Joining, BookPosition } from './rule.js';

/** A link that goes on may lead to lower numbers. */
export const hasFallen = ({ lastSequence: newest = 0 }: DepthDiff, { lastSequence = 0 }: DepthDiff): boolean =>
  lastSequence < newest;

/**
 * Each diff names the last sequence of the diff before it. The numbers themselves may jump (Binance USD-M shares them
 * between all symbols), and after a venue's maintenance even fall (OKX: 15 → 3, linked by 15): only the link counts.
 *
 * Binance USD-M ("How to manage a local order book correctly"): events with `u < lastUpdateId` are dropped, strictly
 * less; the first one folded spans it, `U <= lastUpdateId <= u`, or links to it, `pu == lastUpdateId` (seen live). Both
 * are `pu <= lastUpdateId <= u`. From then on `pu` is the `u` of the event before. OKX: `prevSeqId` and `seqId`;
 * Deribit: `prev_change_id` and `change_id`.
 *
 * The diff that ends where the snapshot stands joins it: folding it again changes nothing, and the next one links to it.
 * A snapshot of sequence -1 is that of a new listing, whose numbers have not begun: only a diff that links to nothing
 * joins it, and any other was preceded by a lost one. A diff without a link never continues.
 */
export const linkRule: ContinuityRule = {
  name: 'link',
  join({ sequence }: BookPosition, { previousSequence, lastSequence }: DepthDiff): Joining {
    if (sequence === -1) return beginsLinks(previousSequence) ? 'joins' : 'ahead';
    if (sequence === undefined || previousSequence === undefined || lastSequence === undefined) return 'ahead';
    if (previousSequence === sequence) return 'joins';
    if (lastSequence < sequence) return 'stale';
    return previousSequence < sequence ? 'joins' : 'ahead';
  },
  next({ sequence }: BookPosition, { previousSequence, lastSequence }: DepthDiff): Following {
    if (sequence === undefined || previousSequence === undefined || lastSequence === undefined) return 'gap';
    if (previousSequence === sequence) return 'next';
    return lastSequence <= sequence ? 'stale' : 'gap';
  },
  isSetBack: hasFallen,
};

/** Nothing came before: -1 where that is how a venue says it (OKX), or 0. */
const beginsLinks = (previousSequence: number | undefined): boolean =>
  previousSequence !== undefined && previousSequence <= 0;
