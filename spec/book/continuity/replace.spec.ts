import fc from 'fast-check';
import { replaceRule } from '../../../lib/book/continuity/replace.js';
import { diff } from '../../../lib/testing/builders.js';

describe('replaceRule', () => {
  it('takes every diff, whatever its numbers and times', () => {
    const number = fc.option(fc.integer(), { nil: undefined });
    fc.assert(
      fc.property(number, number, number, number, (sequence, venueTime, lastSequence, time) => {
        const event = diff({ lastSequence, venueTime: time });
        expect(replaceRule.join({ sequence, venueTime }, event)).toBe('joins');
        expect(replaceRule.next({ sequence, venueTime }, event)).toBe('next');
      }),
    );
  });
});
