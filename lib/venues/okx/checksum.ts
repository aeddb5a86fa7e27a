import { crc32 } from '../../codec/crc32.js';
import type { OrderBook } from '../../model/orderBook.js';

/** So many of the best levels a side are summed. */
const SUMMED = 25;

/**
 * Whether a book has the checksum that the venue told for it: the CRC-32 of price and size of the 25 best levels, bid and
 * ask by turns, all joined by colons, in the venue's own digits. Where a side is shorter the other goes on alone.
 * (docs-v5, "Checksum": `3366.1:7:3366.8:9:3366:6:3368:8`.)
 */
export function holdsChecksum({ bids, asks }: OrderBook, expected: number | string): boolean {
  const [best, lowest] = [bids.slice(SUMMED), asks.slice(SUMMED)];
  let text = '';
  for (let i = 0; i < SUMMED; i += 1) {
    const [bid, ask] = [best[i], lowest[i]];
    if (bid !== undefined) text += `${bid.exact.price}:${bid.exact.size}:`;
    if (ask !== undefined) text += `${ask.exact.price}:${ask.exact.size}:`;
  }
  return crc32(text.slice(0, -1)) === expected;
}
