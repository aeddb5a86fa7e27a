import { applyDiff, bookFrom } from '../lib/book/orderBook.js';
import type { ChecksumTest } from '../lib/book/fold.js';
import { levelOf } from '../lib/book/level.js';
import type { OrderBook } from '../lib/model/orderBook.js';
import { holdsChecksum } from '../lib/venues/kraken/checksum.js';
import { checksumTest } from '../lib/venues/okx/checksum.js';
import { nanoseconds, type Job } from './stopwatch.js';
import { changes, wholeSide } from './venues/written/digits.js';

export interface ChecksumFigures {
  readonly okxNs: number;
  readonly krakenNs: number;
}

const FRAMES = 500;
const levels = (pairs: ReturnType<typeof changes>) => pairs.map(([price, size]) => levelOf(price, size));

/** What holding a book to the checksum of a frame costs, apart from all else, as two levels of it change from frame to frame, which is what those of recordings do. */
export function measureChecksums(passes = 31): ChecksumFigures {
  const job = (test: () => ChecksumTest): Job => ({
    operations: FRAMES,
    begin: () => {
      const holds = test();
      const books = booksOf(holds);
      return (index) => holds(books[index] as OrderBook, index);
    },
  });
  const [okxNs = NaN, krakenNs = NaN] = nanoseconds(passes, [job(checksumTest), job(() => holdsChecksum)]);
  return { okxNs, krakenNs };
}

/** A book after each of its frames, of two changes. Its levels were asked for with each, as they are on the way. */
function booksOf(holds: ChecksumTest): readonly OrderBook[] {
  let book = bookFrom({
    type: 'snapshot',
    instrument: 'x',
    bids: levels(wholeSide(-1, 400)),
    asks: levels(wholeSide(1, 400)),
    receivedTime: 0,
  });
  return Array.from({ length: FRAMES }, (_, i) => {
    holds(book, 0);
    const [bids, asks] = [levels(changes(-1, i).slice(0, 1)), levels(changes(1, i).slice(0, 1))];
    return (book = applyDiff(book, { type: 'diff', instrument: 'x', bids, asks, receivedTime: i }));
  });
}
