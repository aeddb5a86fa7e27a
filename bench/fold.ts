import { applyDiff, bookFrom } from '../lib/book/orderBook.js';
import { levelOf } from '../lib/codec/levelOf.js';
import type { DepthDiff, DepthSnapshot } from '../lib/model/depthEvent.js';
import type { OrderBook } from '../lib/model/orderBook.js';
import type { PriceLevel } from '../lib/model/priceLevel.js';
import { type Frames, loadFrames, padded, type RawSnapshot } from './frames.js';
import { nanoseconds, type Job } from './stopwatch.js';

export interface FoldResult {
  /** Median cost of one diff, in ns, of sides of 1,000 levels. */
  readonly nsPerDiff1000: number;
  readonly nsPerDiff5000: number;
  readonly nsPerDiff10000: number;
  /** The same of diffs of four levels, two a side. */
  readonly nsPerDiffOfFour1000: number;
  readonly nsPerDiffOfFour5000: number;
  readonly levelsPerDiff: number;
  readonly source: string;
}

interface RawDiff {
  readonly s: string;
  readonly u: number;
  readonly E: number;
  readonly b: readonly (readonly [string, string])[];
  readonly a: readonly (readonly [string, string])[];
}

/** Folds decoded diffs into padded books, the sizes in turn, so that all see the same weather. */
export function measureFold(passes = 100): FoldResult {
  const frames = loadFrames();
  const diffs = frames.texts.map((text) => diffOf((JSON.parse(text) as { data: RawDiff }).data));
  const fours = diffs.map((diff) => ({ ...diff, bids: diff.bids.slice(0, 2), asks: diff.asks.slice(0, 2) }));
  const full = fours.filter(({ bids, asks }) => bids.length + asks.length === 4);
  const [small, middle, large] = [1_000, 5_000, 10_000].map((levels) =>
    [...frames.snapshots].map(([symbol, raw]) => bookFrom(snapshotOf(symbol, padded(raw, levels)))),
  );
  const [at1000, at5000, at10000, four1000, four5000] = nanoseconds(passes, [
    folding(small, diffs),
    folding(middle, diffs),
    folding(large, diffs),
    folding(small, full),
    folding(middle, full),
  ]);
  return {
    nsPerDiff1000: at1000 ?? NaN,
    nsPerDiff5000: at5000 ?? NaN,
    nsPerDiff10000: at10000 ?? NaN,
    nsPerDiffOfFour1000: four1000 ?? NaN,
    nsPerDiffOfFour5000: four5000 ?? NaN,
    levelsPerDiff: diffs.reduce((sum, { bids, asks }) => sum + bids.length + asks.length, 0) / diffs.length,
    source: frames.source,
  };
}

/** Diffs as they come, into books of so many levels a side. */
export function foldingJobs(frames: Frames, sizes: readonly number[]): Job[] {
  const diffs = frames.texts.map((text) => diffOf((JSON.parse(text) as { data: RawDiff }).data));
  return sizes.map((levels) =>
    folding(
      [...frames.snapshots].map(([symbol, raw]) => bookFrom(snapshotOf(symbol, padded(raw, levels)))),
      diffs,
    ),
  );
}

function folding(start: readonly OrderBook[] | undefined, diffs: readonly DepthDiff[]): Job {
  return {
    operations: diffs.length,
    begin() {
      const books = new Map(start?.map((book) => [book.instrument, book]));
      return (index) => {
        const diff = diffs[index] as DepthDiff;
        const book = books.get(diff.instrument);
        if (book !== undefined) books.set(diff.instrument, applyDiff(book, diff));
      };
    },
  };
}

function snapshotOf(instrument: string, { lastUpdateId, bids, asks }: RawSnapshot): DepthSnapshot {
  const sides = { bids: bids.map(toLevel), asks: asks.map(toLevel) };
  return { type: 'snapshot', instrument, sequence: lastUpdateId, ...sides, receivedTime: 0 };
}

function diffOf({ s, u, E, b, a }: RawDiff): DepthDiff {
  const sides = { bids: b.map(toLevel), asks: a.map(toLevel) };
  return { type: 'diff', instrument: s, lastSequence: u, ...sides, venueTime: E, receivedTime: E };
}

const toLevel = ([price, size]: readonly [string, string]): PriceLevel => levelOf(price, size);
