import type { ContinuityRule } from '../continuity/rule.js';
import { type Fold, type Folding, plainFold } from '../fold.js';
import { type MutableTally, emptyTally } from '../tally.js';

/** What a book is told by its venue and never changes. */
export interface BookConfig {
  /** The instrument as the venue spells it; stands in the resets. */
  readonly instrument: string;
  readonly rule: ContinuityRule;
  /** How a book begins: `request` a snapshot and hold diffs meanwhile, or take the one in the stream's first `frame`. */
  readonly join: 'request' | 'frame';
  /**
   * How a broken book is mended: `request` a snapshot; `resubscribe` and take the one that comes in the stream; or `wait`
   * for one that comes there by itself.
   */
  readonly mend: 'request' | 'resubscribe' | 'wait';
  /** How the venue means its diffs. Default: each size is the new one at its price. */
  readonly fold?: Fold | undefined;
  /** Cuts each side to this many levels after each fold. Default: no cut. */
  readonly depth?: number | undefined;
  /** The venue's own books are crossed at times: one that is crossed is not wrong for that. Default: it is. */
  readonly mayCross?: boolean | undefined;
  /** How many diffs are held for a snapshot at most. Default: 10,000. */
  readonly holdLimit?: number | undefined;
  /** How many levels those may have together, since it is levels that take room. Default: 200,000. */
  readonly holdLevels?: number | undefined;
  /** What is counted in. Default: a tally of its own. */
  readonly tally?: MutableTally | undefined;
  /** A book that was live for this many ms has its next mending counted as the first again. */
  readonly stableAfter: number;
}

/** The time, asked for only where it matters: a clock costs as much as half of a fold. */
export interface BookClock {
  /** The moment, in ms. */
  readonly now: () => number;
  /** How much time has passed since some beginning, in ms: never goes back. */
  readonly elapsed: () => number;
}

/** What the steps of one book are taken by. The tally is counted up, and never read. */
export interface BookContext extends BookConfig, BookClock {
  readonly fold: Fold;
  readonly folding: Folding;
  readonly holdLimit: number;
  readonly holdLevels: number;
  readonly tally: MutableTally;
  /** The same for what only checks a book: such a frame is none of depth, and counts in nothing but checksums. */
  readonly checking?: BookContext | undefined;
  /** No snapshot is requested: the stream brings the next one by itself. */
  readonly mendsItself: boolean;
}

/** A config with its defaults. */
export function contextOf(config: BookConfig, clock: BookClock): BookContext {
  const { instrument, rule, join, mend, stableAfter, depth } = config;
  const { mayCross = false, fold = plainFold, holdLimit = 10_000, holdLevels = 200_000, tally = emptyTally() } = config;
  // Where each message is a whole book, the next one mends.
  const mendsItself = rule.name === 'replace' || mend === 'wait';
  const { now, elapsed } = clock;
  const folding = { tally, depth };
  // Field by field: an object that is spread together is slower to read, and each diff reads it.
  const counting = (counted: MutableTally, checking?: BookContext): BookContext => ({
    instrument,
    rule,
    join,
    mend,
    stableAfter,
    depth,
    mayCross,
    fold,
    folding,
    holdLimit,
    holdLevels,
    tally: counted,
    checking,
    mendsItself,
    now,
    elapsed,
  });
  return counting(tally, counting(emptyTally()));
}
