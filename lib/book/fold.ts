import type { DepthDiff, DepthSnapshot } from '../model/depthEvent.js';
import type { OrderBook } from '../model/orderBook.js';
import { type BreakNote, broken, isBreak } from './machine/breaks.js';
import { applyDiff } from './orderBook.js';
import type { MutableTally } from './tally.js';

/** What a fold may count in, and how deep a book goes. */
export interface Folding {
  readonly tally: MutableTally;
  /** Cuts each side to this many levels after each fold. Default: no cut. */
  readonly depth?: number | undefined;
}

/** A book after a diff, and the diff as it was read: with the new size at each price. */
export type Folded = readonly [book: OrderBook, read: DepthDiff];

/**
 * How a venue means its diffs: what a book goes on to by one, or what speaks against the book. Pure but for its counting.
 *
 * @param book A book; or a snapshot as it came, which a diff without levels makes into one.
 */
export type Fold = (book: OrderBook | DepthSnapshot, diff: DepthDiff, folding: Folding) => Folded | BreakNote;

/** Each size of a diff is the new one at its price; nothing speaks against the book. */
export const plainFold: Fold = (book, diff, folding) => [applyDiff(book, diff, folding), diff];

/**
 * Reads a diff whose sizes are not simply the new ones: the diff with the new size at each price, or, as a text, what of
 * it contradicts the book it is meant for.
 */
export type SizeReading = (book: OrderBook, diff: DepthDiff) => DepthDiff | string;

/** A fold that reads the sizes of each diff first. Those of a snapshot are sizes. */
export const sized =
  (reading: SizeReading): Fold =>
  (book, diff, folding) => {
    const read = 'type' in book ? diff : reading(book, diff);
    return typeof read === 'string' ? broken('gap', undefined, undefined, read) : plainFold(book, read, folding);
  };

/**
 * Whether a book has the checksum the venue told for it. Called with the book as folded, cut to the subscribed depth
 * and to nothing less; a view that shows fewer levels is cut afterwards. Each venue with checksums brings its own.
 */
export type ChecksumTest = (book: OrderBook, expected: number | string) => boolean;

/** A fold whose books are held to the venue's checksum. A diff or snapshot that names none is not tested. */
export const checksummed =
  (holds: ChecksumTest, fold = plainFold): Fold =>
  (book, diff, folding) => {
    const folded = fold(book, diff, folding);
    const { checksum } = diff;
    if (isBreak(folded) || checksum === undefined) return folded;
    const isRight = holds(folded[0], checksum);
    folding.tally[isRight ? 'checksumsHeld' : 'checksumsFailed'] += 1;
    return isRight ? folded : broken('checksum', checksum);
  };
