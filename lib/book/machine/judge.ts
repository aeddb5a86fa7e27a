import type { OrderBook } from '../../model/orderBook.js';
import { isCrossed } from '../orderBook.js';
import type { MachineConfig, Note } from './machine.js';

/** What speaks against a book whose sequence is sound; `undefined` when nothing does. */
export type BookFault = 'checksum' | 'crossed';

/** The nets below the continuity rule: the venue's checksum, where one is told, and a best bid not below the best ask. */
export function judge(
  book: OrderBook,
  expected: number | string | undefined,
  { checksum, fold: { tally } }: MachineConfig,
): BookFault | undefined {
  if (checksum !== undefined && expected !== undefined) {
    if (!checksum(book, expected)) {
      tally.checksumsFailed += 1;
      return 'checksum';
    }
    tally.checksumsHeld += 1;
  }
  return isCrossed(book) ? 'crossed' : undefined;
}

export function faultNote(reason: BookFault, checksum: number | string | undefined): Note {
  return { type: 'gap', reason, expected: reason === 'checksum' ? checksum : undefined };
}
