import fc from 'fast-check';
import { followOnWire, wireRule } from '../../../lib/book/continuity/wire.js';
import { diff } from '../../../lib/testing/builders.js';

describe('wireRule', () => {
  it('continues within a book, whatever the numbers', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (sequence, lastSequence) => {
        expect(wireRule.join({ sequence }, diff({ lastSequence }))).toBe('joins');
        expect(wireRule.next({ sequence }, diff({ lastSequence }))).toBe('next');
      }),
    );
  });
});

describe('followOnWire', () => {
  it.each([
    ['begins at 0', undefined, 0, 'next'],
    ['begins at 1', undefined, 1, 'next'],
    ['goes on', 41, 42, 'next'],
    ['repeats', 42, 42, 'stale'],
    ['goes back', 42, 7, 'stale'],
    ['leaves one out', 42, 44, 'gap'],
  ])('%s', (_, last, counter, expected) => {
    expect(followOnWire(last, counter)).toBe(expected);
  });

  it('sees the loss of any frame but the first and the last', () => {
    fc.assert(
      fc.property(fc.nat(1e12), fc.integer({ min: 3, max: 50 }), fc.nat(), (start, count, at) => {
        const lost = 1 + (at % (count - 2));
        const counters = Array.from({ length: count }, (_, i) => start + i).filter((_, i) => i !== lost);
        const followings = counters.map((counter, i) => followOnWire(counters[i - 1], counter));
        expect(followings.map((following, i) => (following === 'gap' ? i : -1)).filter((i) => i >= 0)).toEqual([lost]);
      }),
    );
  });
});
