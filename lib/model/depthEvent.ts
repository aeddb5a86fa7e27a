import type { PriceLevel } from './priceLevel.js';

/** The whole book of one instrument as the venue tells it. */
export interface DepthSnapshot {
  readonly type: 'snapshot';
  /** The instrument as the venue spells it. */
  readonly instrument: string;
  /** The sequence the book stands at. Absent where the venue numbers nothing. */
  readonly sequence?: number | undefined;
  /** Best (highest) price first. */
  readonly bids: readonly PriceLevel[];
  /** Best (lowest) price first. */
  readonly asks: readonly PriceLevel[];
  /** The venue's time, in ms. */
  readonly venueTime?: number | undefined;
  /** When we had it, in ms. */
  readonly receivedTime: number;
  /** The venue's checksum of the book, in whatever form its checksum rule reads. */
  readonly checksum?: number | string | undefined;
}

/** What changed. A level's size is the new size at that price; 0 removes the level. */
export interface DepthDiff {
  readonly type: 'diff';
  /** What it is of, as the venue spells it. */
  readonly instrument: string;
  /** First sequence the diff covers. Absent where the venue numbers nothing. */
  readonly firstSequence?: number | undefined;
  /** Last sequence the diff covers: the sequence of the book once it is applied. */
  readonly lastSequence?: number | undefined;
  /** The `lastSequence` of the diff before, where the venue links its diffs. */
  readonly previousSequence?: number | undefined;
  /** The venue's own name of it, and that of the one before it, where it links its diffs by names without an order. */
  readonly eventId?: string | undefined;
  /** The name of the one before it. */
  readonly previousEventId?: string | undefined;
  /** In no promised order, but for a price that stands more than once: the last of it counts. */
  readonly bids: readonly PriceLevel[];
  /** In no promised order; each price at most once. */
  readonly asks: readonly PriceLevel[];
  /** The venue's time, in ms, where it tells one. */
  readonly venueTime?: number | undefined;
  /** When we had it, in ms. */
  readonly receivedTime: number;
  /** That of the book once the diff is applied: see {@link DepthSnapshot}. */
  readonly checksum?: number | string | undefined;
  /** Nothing changed: it tells the checksum of the book as it stands, which the venue sends in a frame of its own (Bitfinex). */
  readonly isCheck?: true | undefined;
}

/** Why a depth stream starts over. */
export type ResetReason = 'connected' | 'disconnected' | 'gap' | 'checksum' | 'crossed' | 'resync';

/**
 * Everything said before is void; a snapshot follows when there is one. Tells a fold of the user's own when to start
 * over.
 */
export interface DepthReset {
  readonly type: 'reset';
  /** What it is of, as the venue spells it. */
  readonly instrument: string;
  /** Why it starts over; `connected` the first time. */
  readonly reason: ResetReason;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}

/**
 * What a depth stream tells, for a fold of one's own: `reset → snapshot → diff*`, again from `reset` after each loss. Every
 * diff continues what was told before it. Who observes a book that is live already begins with a snapshot.
 */
export type DepthEvent = DepthSnapshot | DepthDiff | DepthReset;
