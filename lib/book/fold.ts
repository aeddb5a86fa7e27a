import type { DepthDiff, DepthSnapshot } from '../model/depthEvent.js';
import type { OrderBook } from '../model/orderBook.js';
import { type BreakNote, broken } from './broken.js';
import { applyDiff, bookFrom } from './orderBook.js';
import type { MutableTally } from './tally.js';

/** What a fold may count in, and how deep a book goes. */
export interface Folding {
  readonly tally: MutableTally;
  /** Cuts each side to this many levels after each fold. Default: no cut. */
  readonly depth?: number | undefined;
}

/** The book of a snapshot, and the snapshot as it was read, where that is not as it came. */
export interface Begun {
  readonly type: 'begun';
  readonly book: OrderBook;
  readonly read?: DepthSnapshot | undefined;
}
/** A book after a diff, and the diff as it was read: with the new size at each price. */
export interface Folded {
  readonly type: 'folded';
  readonly book: OrderBook;
  readonly read: DepthDiff;
}

/** How a venue means its snapshots and diffs: what a book comes to by one, or what speaks against it. Pure but for its counting. */
export interface Fold {
  /** The book of a snapshot, or what speaks against it. */
  readonly begin: (snapshot: DepthSnapshot, folding: Folding) => Begun | BreakNote;
  /** The book after a diff that continues it, or what speaks against it. */
  readonly goOn: (book: OrderBook, diff: DepthDiff, folding: Folding) => Folded | BreakNote;
}

/** Each size of a diff is the new one at its price; nothing speaks against the book. */
export const plainFold: Fold = {
  begin: (snapshot, folding) => ({ type: 'begun', book: bookFrom(snapshot, folding) }),
  goOn: (book, diff, folding) => ({ type: 'folded', book: applyDiff(book, diff, folding), read: diff }),
};

/**
 * Reads a diff whose sizes are not simply the new ones: the diff with the new size at each price, or, as a text, what of
 * it contradicts the book it is meant for.
 */
export type SizeReading = (book: OrderBook, diff: DepthDiff) => DepthDiff | string;

/** A fold that reads the sizes of each diff first. Those of a snapshot are sizes. */
export const sized = (reading: SizeReading): Fold => ({
  begin: plainFold.begin,
  goOn: (book, diff, folding) => {
    const read = reading(book, diff);
    return typeof read === 'string' ? broken('gap', { text: read }) : plainFold.goOn(book, read, folding);
  },
});

/**
 * Whether a book has the checksum the venue told for it. Called with the book as folded, cut to the subscribed depth
 * and to nothing less; a view that shows fewer levels is cut afterwards. Each venue with checksums brings its own.
 */
export type ChecksumTest = (book: OrderBook, expected: number | string) => boolean;

/** A fold whose books are held to the venue's checksum. A diff or snapshot that names none is not tested. */
export function checksummed(holds: ChecksumTest, fold = plainFold): Fold {
  const failure = (book: OrderBook, { checksum }: DepthDiff | DepthSnapshot, { tally }: Folding) => {
    if (checksum === undefined) return undefined;
    const isRight = holds(book, checksum);
    tally[isRight ? 'checksumsHeld' : 'checksumsFailed'] += 1;
    return isRight ? undefined : broken('checksum', { expected: checksum });
  };
  return {
    begin: (snapshot, folding) => {
      const begun = fold.begin(snapshot, folding);
      return begun.type === 'gap' ? begun : (failure(begun.book, snapshot, folding) ?? begun);
    },
    goOn: (book, diff, folding) => {
      const folded = fold.goOn(book, diff, folding);
      return folded.type === 'gap' ? folded : (failure(folded.book, diff, folding) ?? folded);
    },
  };
}
