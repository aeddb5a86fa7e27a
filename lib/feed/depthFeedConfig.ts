import type { Observable } from 'rxjs';
import type { Fold } from '../book/fold.js';
import type { ContinuityRule } from '../book/continuity/rule.js';
import type { MutableTally } from '../book/tally.js';
import type { DepthSnapshot } from '../model/depthEvent.js';
import type { Audit } from './audit.js';
import type { FoldContext } from './foldContext.js';
import type { PausePolicy } from './pause.js';

/** How a venue means what it tells of its books, and what they are held to. */
export interface BookMeaning {
  readonly rule: ContinuityRule;
  /**
   * How the venue means its diffs: `sized(…)` where sizes are not simply the new ones, `checksummed(…)` where it tells
   * checksums. Default: each size is the new one at its price.
   */
  readonly fold?: Fold | undefined;
  /**
   * Cuts each side to this many levels after each fold. Only right where the venue itself tells the levels that come
   * into the cut from below (Kraken). Default: no cut.
   */
  readonly depth?: number | undefined;
  /**
   * The venue's own books are crossed at times, in auctions for instance, and what they are held by tells every loss: one
   * that is crossed is counted, and not taken for wrong. Default: it is wrong.
   */
  readonly mayCross?: boolean | undefined;
}

/** How a book begins, and how one that broke is mended. */
export interface BookMending {
  /**
   * Asks the venue for a snapshot; its first value counts. Where it is given the book begins with one, diffs are held
   * meanwhile, and it is mended by one. Where it is not, the first frame of the stream is a snapshot, and a broken book is
   * mended by subscribing anew. Subscribed at most once at a time for mending, and once for the audit.
   */
  readonly snapshot?: (() => Observable<DepthSnapshot>) | undefined;
  /** The book begins with the first frame all the same. */
  readonly join?: 'frame' | undefined;
  /** The book is mended by subscribing anew all the same; or waits for a snapshot that comes in the stream by itself. */
  readonly mend?: 'resubscribe' | 'wait' | undefined;
  /** How long the snapshot of a new subscription may take before it is tried again, in ms. Default: 10,000. */
  readonly answerWithin?: number | undefined;
  readonly pause?: Partial<PausePolicy> | undefined;
}

/** How much is held for a snapshot. */
export interface BookHolding {
  /**
   * How many diffs are held for a snapshot at most. Beyond it they are discarded, counted as `early` and reported; a
   * snapshot too old for what comes then is requested again. Default: 10,000.
   */
  readonly holdLimit?: number | undefined;
  /** How many levels the held diffs may have together, likewise: it is levels that take room. Default: 200,000. */
  readonly holdLevels?: number | undefined;
}

/** What has a live book doubted, though nothing that it was told is wrong. */
export interface BookDoubts {
  /**
   * A live book that nothing continues for this many ms goes stale until the next diff. Diffs that it passes over are no
   * sign of life. Default: never.
   */
  readonly silentAfter?: number | undefined;
  /** Each value sends the book to be mended. */
  readonly resync$?: Observable<unknown> | undefined;
  /**
   * Each value has the live book mended, though nothing is known to be wrong: bounds how long an error can live that nothing
   * tells of.
   */
  readonly planned$?: Observable<unknown> | undefined;
  /** Compares the live book with what `snapshot` gives: `audit({ every })`. Default: never. */
  readonly audit?: Audit | undefined;
}

/** How the book of one channel is joined, judged and mended. */
export interface DepthFeedConfig extends FoldContext, BookMeaning, BookMending, BookHolding, BookDoubts {
  /** The instrument as the venue spells it. */
  readonly instrument: string;
  /** Where the feed counts, live. Default: a tally of its own, for each observer. */
  readonly tally?: MutableTally | undefined;
}
