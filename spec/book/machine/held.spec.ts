import fc from 'fast-check';
import type { DepthDiff } from '../../../lib/model/depthEvent.js';
import { dropOldest, heldDiffs, hold, NOTHING_HELD } from '../../../lib/book/machine/held.js';
import { diff } from '../../../lib/testing/builders.js';

const all = (diffs: readonly DepthDiff[]) => diffs.reduce((held, each) => hold(held, each), NOTHING_HELD);

describe('held diffs', () => {
  it('come back in the order they were held, the oldest dropped first, and no version changes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(20), (sequences, count) => {
        const diffs = sequences.map((lastSequence) => diff({ lastSequence }));
        const held = all(diffs);
        const fewer = dropOldest(held, count);
        const more = hold(held, diff());
        expect([held.size, held.newest]).toEqual([diffs.length, diffs.at(-1)]);
        expect(heldDiffs(fewer)).toEqual(diffs.slice(count));
        expect(fewer.size).toBe(Math.max(0, diffs.length - count));
        expect(more.size).toBe(held.size + 1);
        expect(heldDiffs(held)).toEqual(diffs);
      }),
    );
  });
});
