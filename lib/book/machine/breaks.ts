import type { DepthDiff, DepthSnapshot } from '../../model/depthEvent.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { BookPosition, ContinuityRule } from '../continuity/rule.js';
import type { Begun, Folded } from '../fold.js';
import { isCrossed } from '../orderBook.js';
import { type BreakNote, broken } from '../broken.js';
import type { BookContext } from './context.js';

export { type BreakNote, broken };

/** What speaks against a diff that does not follow what stands at `position`. */
export function gapAt({ name }: ContinuityRule, { sequence }: BookPosition, diff: DepthDiff): BreakNote {
  const isLink = name === 'link';
  const expected = isLink || sequence === undefined ? sequence : sequence + 1;
  const received = isLink ? diff.previousSequence : (diff.firstSequence ?? diff.lastSequence);
  return name === 'step' && expected === received
    ? broken('gap', { expected, received, text: `gap, ${expected} of an earlier time` })
    : broken('gap', { expected, received });
}

/** A book after a diff. The net below the rule and the venue's own: a best bid not below the best ask. */
export function goOn(context: BookContext, book: OrderBook, diff: DepthDiff): Folded | BreakNote {
  const { fold, folding, tally, mayCross } = context;
  const folded = fold.goOn(book, diff, folding);
  if (folded.type === 'gap' || !isCrossed(folded.book)) return folded;
  tally.crossed += 1;
  return mayCross === true ? folded : broken('crossed');
}

/** The book of a snapshot, with the same net. */
export function begin({ fold, folding, mayCross }: BookContext, snapshot: DepthSnapshot): Begun | BreakNote {
  const begun = fold.begin(snapshot, folding);
  return begun.type === 'begun' && mayCross !== true && isCrossed(begun.book) ? broken('crossed') : begun;
}
