import { crc32OfDigits } from '../../codec/crc32.js';
import type { BookSide, OrderBook } from '../../model/orderBook.js';

/** So many of the best levels a side are summed, whatever the depth of the book. */
const SUMMED = 10;

/**
 * Whether a book has the checksum that the venue told for it: the CRC-32 of price and size of the 10 best asks, then of the 10
 * best bids, the best first, each without its point and the zeros ahead, in the venue's own digits. Where a side is shorter
 * what it has counts. ("Book checksum", API guides v1 and v2: the same for both.)
 */
export const holdsChecksum = ({ bids, asks }: OrderBook, expected: number | string): boolean =>
  over(bids, over(asks, 0)) >>> 0 === expected;

function over(side: BookSide, before: number): number {
  let sum = before;
  for (let i = 0; i < SUMMED; i += 1) {
    const level = side.at(i);
    if (level === undefined) break;
    sum = crc32OfDigits(level.exact.size, crc32OfDigits(level.exact.price, sum));
  }
  return sum;
}
