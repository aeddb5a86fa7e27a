import fc from 'fast-check';
import { defaultPause, pauseBefore } from '../../lib/feed/pause.js';

describe('pauseBefore', () => {
  it.each([
    [1, 0, 0],
    [2, 125, 250],
    [3, 250, 500],
    [6, 2_000, 4_000],
    [7, 4_000, 8_000],
    [8, 4_000, 8_000],
    [5_000, 4_000, 8_000],
  ])('waits before attempt %d between %d and %d ms', (attempt, least, most) => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
        const ms = pauseBefore(attempt, defaultPause, () => random);
        expect(ms).toBeGreaterThanOrEqual(least);
        expect(ms).toBeLessThanOrEqual(most);
      }),
    );
    expect(pauseBefore(attempt, defaultPause, () => 0)).toBe(least);
  });
});
