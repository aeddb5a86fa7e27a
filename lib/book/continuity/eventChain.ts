import type { DepthDiff } from '../../model/depthEvent.js';
import { type BookPosition, type ContinuityRule, type Following, isOfBefore } from './rule.js';
import { watermarkRule } from './watermark.js';

/**
 * Each diff has a name and tells that of the diff before it; names have no order. Snapshots have none: a diff joins one by
 * its time, as under the {@link watermarkRule}. Where names are missing, as they were before the venue had them, times
 * are all there is, and a lost diff can't be seen.
 *
 * Bitstamp: `event_id` and `pre_event_id` of `live_orders`, since 2026.
 */
export const eventChainRule: ContinuityRule = {
  name: 'watermark',
  isBlind: true,
  join(snapshot: BookPosition, diff: DepthDiff) {
    return watermarkRule.join(snapshot, diff);
  },
  next(position: BookPosition, diff: DepthDiff): Following {
    const { eventId, previousEventId } = diff;
    if (position.eventId === undefined || previousEventId === undefined) return watermarkRule.next(position, diff);
    if (previousEventId === position.eventId) return 'next';
    return eventId === position.eventId || watermarkRule.next(position, diff) === 'stale' ? 'stale' : 'gap';
  },
  isSetBack: (newest: DepthDiff, diff: DepthDiff): boolean =>
    diff.previousEventId !== undefined && isOfBefore(newest, diff),
};
