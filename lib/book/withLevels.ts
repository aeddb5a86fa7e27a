import type { DepthDiff } from '../model/depthEvent.js';
import type { PriceLevel } from '../model/priceLevel.js';

/** The same diff with other levels. Field by field: each diff of a venue may make one, and spreading it takes five times as long. */
export const withLevels = (diff: DepthDiff, bids: readonly PriceLevel[], asks: readonly PriceLevel[]): DepthDiff =>
  ({
    type: 'diff',
    instrument: diff.instrument,
    firstSequence: diff.firstSequence,
    lastSequence: diff.lastSequence,
    previousSequence: diff.previousSequence,
    eventId: diff.eventId,
    previousEventId: diff.previousEventId,
    bids,
    asks,
    venueTime: diff.venueTime,
    receivedTime: diff.receivedTime,
    checksum: diff.checksum,
    isCheck: diff.isCheck,
  }) satisfies { readonly [K in keyof DepthDiff]-?: DepthDiff[K] };
