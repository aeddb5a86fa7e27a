import type { DepthDiff } from '../../model/depthEvent.js';
import type { ContinuityRule, BookPosition } from '../continuity/rule.js';
import type { BreakNote } from './note.js';

export type { BreakNote };

/** What speaks against a book: for people as `text` says, else by what was expected and received. */
export function broken(
  reason: BreakNote['reason'],
  expected?: number | string,
  received?: number,
  text = expected === undefined ? reason : `${reason}, expected ${expected}, got ${received ?? 'another'}`,
): BreakNote {
  return { type: 'gap', reason, expected, received, text };
}

/** What speaks against a diff that does not follow what stands at `position`. */
export function gapAt({ name }: ContinuityRule, { sequence }: BookPosition, diff: DepthDiff): BreakNote {
  const isLink = name === 'link';
  const expected = isLink || sequence === undefined ? sequence : sequence + 1;
  return broken('gap', expected, isLink ? diff.previousSequence : (diff.firstSequence ?? diff.lastSequence));
}

export const isBreak = (folded: object): folded is BreakNote => !Array.isArray(folded);
