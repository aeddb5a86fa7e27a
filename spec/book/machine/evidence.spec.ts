import { increasingRule } from '../../../lib/book/continuity/increasing.js';
import { linkRule } from '../../../lib/book/continuity/link.js';
import { rangeRule } from '../../../lib/book/continuity/range.js';
import { evidenceOf } from '../../../lib/book/machine/evidence.js';
import { diff, type LevelLike, snapshot } from '../../../lib/testing/builders.js';

const range = (
  firstSequence: number,
  lastSequence: number,
  bids: readonly LevelLike[],
  asks: readonly LevelLike[] = [],
) => diff({ firstSequence, lastSequence, previousSequence: firstSequence - 1, bids, asks });
const at10 = snapshot({
  sequence: 10,
  bids: [
    ['5', '50'],
    ['3', '30'],
  ],
  asks: [['8', '80']],
});

describe('evidenceOf', () => {
  it.each([
    ['nothing was told', [], 'none'],
    ['a price has what was told of it', [range(9, 10, [['5', '50']])], 'agrees'],
    ['it has it in other words', [range(9, 10, [['5.0', '50.00']])], 'agrees'],
    ['only what was told last counts', [range(8, 8, [['5', '1']]), range(9, 10, [['5', '50']])], 'agrees'],
    ['a price has another size', [range(9, 10, [['5', '51']])], 'contradicts'],
    ['one of two has', [range(9, 9, [['5', '50']]), range(10, 10, [], [['8', '1']])], 'contradicts'],
    ['a price is missing', [range(9, 10, [['4', '40']])], 'contradicts'],
    ['a price is there that was said to be gone', [range(9, 10, [['3', '0']])], 'contradicts'],
    ['a price is gone: so it may be anywhere', [range(9, 10, [['4', '0']])], 'none'],
    ['a price lies beyond what it reaches', [range(9, 10, [['1', '1']], [['9', '1']])], 'none'],
    ['it was told later', [range(11, 12, [['5', '1']])], 'none'],
    ['a diff that ends later may be in it by a part', [range(9, 9, [['5', '1']]), range(10, 12, [['5', '2']])], 'none'],
    ['and so may what it takes away', [range(9, 9, [['5', '1']]), range(10, 12, [['5', '0']])], 'none'],
  ] as const)('%s', (_, diffs, evidence) => {
    for (const rule of [rangeRule, linkRule]) expect(evidenceOf(rule, at10, diffs)).toBe(evidence);
  });

  it('goes by the diff of the same number only, where a loss leaves no trace', () => {
    expect(evidenceOf(increasingRule, at10, [range(9, 9, [['5', '1']])])).toBe('none');
    expect(evidenceOf(increasingRule, at10, [range(9, 9, [['5', '1']]), range(10, 10, [['3', '30']])])).toBe('agrees');
    expect(evidenceOf(increasingRule, at10, [range(10, 10, [['5', '1']])])).toBe('contradicts');
  });

  it('takes a side that is told to be empty for known, and needs a number', () => {
    const empty = snapshot({ sequence: 10, bids: [], asks: [] });
    expect(evidenceOf(rangeRule, empty, [range(9, 10, [['5', '50']])])).toBe('contradicts');
    expect(evidenceOf(rangeRule, snapshot({ bids: [['5', '50']] }), [range(9, 10, [['5', '50']])])).toBe('none');
  });
});
