import type { ChecksumTest } from '../../book/fold.js';
import { crc32OfCode } from '../../codec/crc32.js';
import { COLON, LevelSums } from './levelSums.js';

/** So many of the best levels a side are summed. */
const SUMMED = 25;

/**
 * Whether the states of one book have the checksums that the venue told for them: the CRC-32 of price and size of the 25 best
 * levels, bid and ask by turns, all joined by colons, in the venue's own digits. Where a side is shorter the other goes on
 * alone. (docs-v5, "Checksum": `3366.1:7:3366.8:9:3366:6:3368:8`.)
 */
export function checksumTest(): ChecksumTest {
  const ours = new LevelSums(SUMMED);
  const theirs = new LevelSums(SUMMED);
  return ({ bids, asks }, expected) => {
    ours.take(bids);
    theirs.take(asks);
    let sum = 0;
    for (let i = 0; i < SUMMED; i += 1) sum = theirs.behind(ours.behind(sum, i), i);
    // Each has its colon behind it here, the last one too; of an empty book there is none.
    const isEmpty = ours.length + theirs.length === 0;
    return typeof expected === 'number' && sum === (isEmpty ? expected : crc32OfCode(COLON, expected));
  };
}
