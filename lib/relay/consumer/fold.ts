import { wireRule } from '../../book/continuity/wire.js';
import type { ContinuityRule } from '../../book/continuity/rule.js';
import { broken } from '../../book/broken.js';
import type { Fold } from '../../book/fold.js';
import { applyDiff, bookFrom } from '../../book/orderBook.js';
import type { OrderBook } from '../../model/orderBook.js';

/** Messages are numbered by the gateway, not diffs by the venue: the dialect counts. One that can't be read is missing. */
export const relayRule: ContinuityRule = { ...wireRule, isBlind: true };

/**
 * Folds what a gateway tells of its book, and holds each book to the number of levels that the gateway's own has (`25,31`).
 * One that is cut to a depth at the venue is cut here alike: its longer side stands at the cut.
 */
export const relayFold: Fold = {
  begin: (snapshot, folding) => {
    const book = bookFrom(snapshot, { tally: folding.tally });
    return judged(book, snapshot.checksum, folding.tally) ?? { type: 'begun', book };
  },
  goOn: (before, diff, folding) => {
    const depth = diff.checksum === undefined ? undefined : Math.max(...sizesIn(diff.checksum));
    const book = applyDiff(before, diff, { depth, tally: folding.tally });
    return judged(book, diff.checksum, folding.tally) ?? { type: 'folded', book, read: diff };
  },
};

const sizesIn = (counts: number | string): readonly number[] => String(counts).split(',').map(Number);

function judged(
  { bids, asks }: OrderBook,
  counts: number | string | undefined,
  tally: Parameters<Fold['begin']>[1]['tally'],
): ReturnType<typeof broken> | undefined {
  if (counts === undefined) return undefined;
  const isRight = `${bids.length},${asks.length}` === counts;
  tally[isRight ? 'checksumsHeld' : 'checksumsFailed'] += 1;
  return isRight ? undefined : broken('checksum', { expected: counts });
}
