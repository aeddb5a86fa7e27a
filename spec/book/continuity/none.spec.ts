import fc from 'fast-check';
import { noRule } from '../../../lib/book/continuity/none.js';
import { diff } from '../../../lib/testing/builders.js';

describe('noRule', () => {
  it('takes every diff, whatever its numbers and times', () => {
    const number = fc.option(fc.integer(), { nil: undefined });
    fc.assert(
      fc.property(number, number, number, number, (sequence, venueTime, lastSequence, time) => {
        const event = diff({ lastSequence, venueTime: time });
        expect(noRule.join({ sequence, venueTime }, event)).toBe('joins');
        expect(noRule.next({ sequence, venueTime }, event)).toBe('next');
      }),
    );
  });
});
