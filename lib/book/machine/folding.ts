import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import { applyDiff, bookFrom, isCrossed } from '../orderBook.js';
import type { MutableTally } from '../tally.js';
import { broken, isBreak } from './breaks.js';
import type { BreakNote, MachineConfig } from './machine.js';

/** How a book is folded. */
export interface Folding extends Pick<MachineConfig, 'checksum' | 'sizes' | 'depth'> {
  readonly tally: MutableTally;
}

/** The book of a snapshot, or what speaks against it. */
export function begin(folding: Folding, snapshot: DepthSnapshot): OrderBook | BreakNote {
  return judged(folding, bookFrom(snapshot, folding), snapshot.checksum);
}

/** The book after a diff, or what speaks against it; and the diff with its sizes as they were read. */
export function goOn(folding: Folding, book: OrderBook, diff: DepthDiff): readonly [OrderBook | BreakNote, DepthDiff] {
  const { sizes, tally } = folding;
  const read = sizes ? sizes(book, diff) : diff;
  if (typeof read === 'string') return [broken('gap', undefined, undefined, read), diff];
  const next = judged(folding, applyDiff(book, read, folding), diff.checksum);
  if (!isBreak(next)) tally.applied += 1;
  else if (next.reason === 'crossed') tally.crossed += 1;
  return [next, read];
}

/** The nets below the rule: the venue's checksum, where one is told, and a best bid not below the best ask. */
function judged(
  { checksum, tally }: Folding,
  book: OrderBook,
  expected: number | string | undefined,
): OrderBook | BreakNote {
  if (checksum && expected !== undefined) {
    const holds = checksum(book, expected);
    tally[holds ? 'checksumsHeld' : 'checksumsFailed'] += 1;
    if (!holds) return broken('checksum', expected);
  }
  return isCrossed(book) ? broken('crossed') : book;
}
