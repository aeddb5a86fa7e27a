import fc from 'fast-check';
import { watermarkRule } from '../../../lib/book/continuity/watermark.js';
import { diff } from '../../../lib/testing/builders.js';

describe('watermarkRule', () => {
  it.each([
    [1_641_343_700_000.123, 'stale', 'next'],
    [1_641_343_700_000.122, 'stale', 'stale'],
    [1_641_343_700_000.124, 'joins', 'next'],
  ] as const)(
    'a diff of %d against 1641343700000.123 joins as %s, continues as %s',
    (venueTime, joining, following) => {
      const position = { venueTime: 1_641_343_700_000.123 };
      expect(watermarkRule.join(position, diff({ venueTime }))).toBe(joining);
      expect(watermarkRule.next(position, diff({ venueTime }))).toBe(following);
    },
  );

  it('takes what has no time, or comes before any time is known', () => {
    expect(watermarkRule.join({ venueTime: 5 }, diff())).toBe('joins');
    expect(watermarkRule.join({}, diff({ venueTime: 5 }))).toBe('joins');
    expect(watermarkRule.next({ venueTime: 5 }, diff())).toBe('next');
    expect(watermarkRule.next({}, diff({ venueTime: 5 }))).toBe('next');
  });

  it('never tells a gap, and never goes back in time', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (position, venueTime) => {
        const following = watermarkRule.next({ venueTime: position }, diff({ venueTime }));
        expect(following).toBe(venueTime < position ? 'stale' : 'next');
      }),
    );
  });
});
