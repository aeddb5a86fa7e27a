import { crc32, crc32OfCode } from '../../codec/crc32.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { PriceLevel } from '../../model/priceLevel.js';

/** So many of the best levels a side are summed. */
const SUMMED = 25;

/**
 * Whether a book has the checksum that the venue told for it: the CRC-32 of price and size of the 25 best levels, bid and
 * ask by turns, all joined by colons, in the venue's own digits. Where a side is shorter the other goes on alone.
 * (docs-v5, "Checksum": `3366.1:7:3366.8:9:3366:6:3368:8`.)
 */
export function holdsChecksum({ bids, asks }: OrderBook, expected: number | string): boolean {
  // Text by text: to join them first takes three times as long as all the rest.
  let sum: number | undefined;
  for (let i = 0; i < SUMMED; i += 1) {
    const bid = bids.at(i);
    const ask = asks.at(i);
    if (bid !== undefined) sum = over(bid, sum);
    if (ask !== undefined) sum = over(ask, sum);
  }
  return (sum ?? 0) === expected;
}

/** The sum over one more level. There is none before the first. */
function over({ exact: { price, size } }: PriceLevel, before: number | undefined): number {
  const begun = before === undefined ? 0 : crc32OfCode(COLON, before);
  return crc32(size, crc32OfCode(COLON, crc32(price, begun)));
}
const COLON = 58;
