import { bookFrom } from '../lib/book/orderBook.js';
import { levelOf } from '../lib/book/level.js';
import { holdsChecksum as holdsKraken } from '../lib/venues/kraken/checksum.js';
import { holdsChecksum as holdsOkx } from '../lib/venues/okx/checksum.js';
import { nanoseconds, type Job } from './stopwatch.js';
import { wholeSide } from './venues/written/digits.js';

export interface ChecksumFigures {
  readonly okxNs: number;
  readonly krakenNs: number;
}

/** What holding a book to the checksum of a frame costs, apart from all else. */
export function measureChecksums(passes = 31): ChecksumFigures {
  const levels = (side: 1 | -1) => wholeSide(side, 400).map(([price, size]) => levelOf(price, size));
  const book = bookFrom({ type: 'snapshot', instrument: 'x', bids: levels(-1), asks: levels(1), receivedTime: 0 });
  const job = (holds: typeof holdsOkx): Job => ({ operations: 500, begin: () => (index) => holds(book, index) });
  const [okxNs = NaN, krakenNs = NaN] = nanoseconds(passes, [job(holdsOkx), job(holdsKraken)]);
  return { okxNs, krakenNs };
}
