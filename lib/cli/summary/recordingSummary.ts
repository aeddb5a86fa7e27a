import type { StaleReason } from '../../model/bookState.js';

/** `[price, size]` as plain decimals: no exponent, no zeros at the end. */
export type SummaryLevel = readonly [price: string, size: string];

/** Best bid and ask after the k-th frame. */
export interface SummaryPoint {
  readonly afterFrame: number;
  readonly bid: SummaryLevel | null;
  readonly ask: SummaryLevel | null;
  /** There was no book yet. */
  readonly waiting?: true;
  /** Why the book could not be trusted there: these are the last prices that were right. Absent where it could be. */
  readonly staleBy?: StaleReason;
}

/** What came of one book. */
export interface BookSummary {
  readonly snapshots: number;
  /** `applied + stale + early`. */
  readonly diffs: number;
  readonly applied: number;
  readonly stale: number;
  readonly early: number;
  /** `null` where the venue has no rule to break. */
  readonly gaps: number | null;
  /** `null` where the venue sends none. */
  readonly checksums: { readonly passed: number; readonly failed: number } | null;
  readonly deletesOfNothing: number;
  readonly crossed: number;
  readonly bidLevels: number;
  readonly askLevels: number;
  /** SHA-256 over all levels: `b <price> <size>\n` from the best bid, then `a <price> <size>\n` from the best ask. */
  readonly digest: string;
  /** The 25 best at the end. */
  readonly bids: readonly SummaryLevel[];
  readonly asks: readonly SummaryLevel[];
  readonly points: readonly SummaryPoint[];
  /** Why the book can't be trusted at the end: its levels are the last ones that were right. Absent where it can be. */
  readonly staleBy?: StaleReason;
}

/** Sums over the live trades of one symbol, exact. */
export interface TradeSummary {
  readonly count: number;
  readonly size: string;
  readonly repeatedIds: number;
  readonly priceTimesSize: string;
  readonly takerBuys: number;
  readonly takerBuySize: string;
  readonly historyCount: number;
  readonly historySize: string;
}

export interface SymbolSummary {
  readonly book?: BookSummary;
  readonly trades?: TradeSummary;
}

/** What a recording holds and what came of it: the document of `replay --json`. */
export interface RecordingSummary {
  /** Version of this shape. */
  readonly oracle: 1;
  /** The file's name, without its folder. */
  readonly recording: string;
  readonly venue: string;
  readonly market: string;
  readonly frames: number;
  readonly https: number;
  /** The venue's continuity rule in words. */
  readonly gapRule: string | null;
  /** Gaps of a count that runs over a whole socket. */
  readonly socketGaps: { readonly rule: string; readonly count: number; readonly notes: readonly string[] } | null;
  /** The venue's checksum in words. */
  readonly checksum: string | null;
  /** Frames and answers that are neither depth nor trades, by kind. */
  readonly otherFrames: Readonly<Record<string, number>>;
  readonly symbols: Readonly<Record<string, SymbolSummary>>;
}
