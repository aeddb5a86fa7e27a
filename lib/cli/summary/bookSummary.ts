import { createHash } from 'node:crypto';
import type { BookState, StaleReason } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import { plainDecimal } from '../render/decimals.js';
import type { BookSummary, SummaryLevel, SummaryPoint } from './recordingSummary.js';

/** Levels of each side that the summary tells one by one. */
const BEST = 25;

/** Which of a book's counts mean something at a venue. */
export interface BookRules {
  readonly gaps: boolean;
  readonly checksums: boolean;
}

export function bookSummary(
  state: BookState,
  tally: BookTally,
  points: readonly SummaryPoint[],
  rules: BookRules,
  brokenBy?: StaleReason,
): BookSummary {
  const book = state.status === 'syncing' ? undefined : state.book;
  const { snapshots, diffs, applied, stale, gaps, checksumsHeld, checksumsFailed, deletesOfNothing, crossed } = tally;
  return {
    snapshots,
    diffs,
    applied,
    stale,
    // Diffs still held at the end never met a snapshot either.
    early: diffs - applied - stale,
    gaps: rules.gaps ? gaps : null,
    checksums: rules.checksums ? { passed: checksumsHeld, failed: checksumsFailed } : null,
    deletesOfNothing,
    crossed,
    bidLevels: book?.bids.length ?? 0,
    askLevels: book?.asks.length ?? 0,
    digest: levelDigest(book),
    bids: book?.bids.slice(BEST).map(summaryLevel) ?? [],
    asks: book?.asks.slice(BEST).map(summaryLevel) ?? [],
    points,
    ...staleness(brokenBy),
  };
}

/** Best bid and ask as they stand after frame `afterFrame`. A broken book tells its last ones, and what broke it. */
export function summaryPoint(state: BookState, afterFrame: number, brokenBy?: StaleReason): SummaryPoint {
  if (state.status === 'syncing') return { afterFrame, bid: null, ask: null, waiting: true };
  const { bestBid, bestAsk } = state.book;
  return {
    afterFrame,
    bid: bestBid === undefined ? null : summaryLevel(bestBid),
    ask: bestAsk === undefined ? null : summaryLevel(bestAsk),
    ...staleness(brokenBy),
  };
}

const staleness = (staleBy: StaleReason | undefined): { readonly staleBy?: StaleReason } =>
  staleBy === undefined ? {} : { staleBy };

/** What only says that nothing was heard: such a book is what the venue last told. */
const QUIET: readonly StaleReason[] = ['silent', 'lagging', 'disconnected'];

/** What has broken a book that was not mended since, by its next state. */
export function brokenBy(before: StaleReason | undefined, state: BookState): StaleReason | undefined {
  if (state.status !== 'stale') return undefined;
  return QUIET.includes(state.reason) ? before : state.reason;
}

export const summaryLevel = ({ exact }: PriceLevel): SummaryLevel => [
  plainDecimal(exact.price),
  plainDecimal(exact.size),
];

/** SHA-256 over all levels, so that two books are told apart by one text. */
export function levelDigest(book: OrderBook | undefined): string {
  const hash = createHash('sha256');
  for (const [mark, side] of [
    ['b', book?.bids],
    ['a', book?.asks],
  ] as const) {
    for (const level of side ?? []) hash.update(`${mark} ${summaryLevel(level).join(' ')}\n`);
  }
  return hash.digest('hex');
}
