import type { DepthDiff } from '../../model/depthEvent.js';
import { type BookPosition, type ContinuityRule, type Following, type Joining, beginsNumbers } from './rule.js';

/**
 * Each diff tells the range of sequences it covers, and must begin at or before the one after the book's. An overlap
 * is allowed, because sizes are absolute.
 *
 * Binance spot (web-socket-streams.md, "How to manage a local order book correctly", text of 2025-11-12): an event with
 * `u <= lastUpdateId` is dropped; the first one left must satisfy `U <= lastUpdateId + 1 <= u`; from then on an event
 * whose `U` is above the book's id + 1 means that events were missed. KuCoin: the same with `sequenceStart` and
 * `sequenceEnd`.
 *
 * A snapshot of sequence -1 is that of a new listing, whose numbers have not begun: only the diff that begins them joins
 * it, and any other was preceded by a lost one. A diff without numbers never continues.
 */
export const rangeRule: ContinuityRule = {
  name: 'range',
  join(snapshot: BookPosition, diff: DepthDiff): Joining {
    if (snapshot.sequence === -1) return beginsNumbers(diff.firstSequence) ? 'joins' : 'ahead';
    const following = this.next(snapshot, diff);
    return following === 'next' ? 'joins' : following === 'gap' ? 'ahead' : 'stale';
  },
  next({ sequence }: BookPosition, { firstSequence, lastSequence }: DepthDiff): Following {
    if (sequence === undefined || firstSequence === undefined || lastSequence === undefined) return 'gap';
    if (lastSequence <= sequence) return 'stale';
    return firstSequence <= sequence + 1 ? 'next' : 'gap';
  },
};
