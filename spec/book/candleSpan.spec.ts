import fc from 'fast-check';
import { openTimeOf, spanOf } from '../../lib/book/candleSpan.js';
import { trade } from '../../lib/testing/builders.js';

const DAY = 86_400_000;
const at = (venueTime: number): ReturnType<typeof trade> => trade({ price: '1', size: '1', venueTime });

it('an interval begins at or before its trade, and ends after it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 * DAY }), fc.integer({ min: 0, max: 4e12 }), (length, time) => {
      const open = openTimeOf(at(time), spanOf(length));
      expect(open).toBeLessThanOrEqual(time);
      expect(open + length).toBeGreaterThan(time);
    }),
  );
});

it('weeks begin on Mondays at midnight in UTC, whatever else at multiples of its length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 4e12 }), (days, time) => {
      const open = openTimeOf(at(time), spanOf(days * DAY));
      if (days % 7 === 0) expect([new Date(open).getUTCDay(), Math.abs(open % DAY)]).toEqual([1, 0]);
      else expect(Math.abs(open % (days * DAY))).toBe(0);
    }),
  );
});

it.each([
  ['2026-11-29T23:59:59.999Z', '2026-11-23T00:00:00.000Z'],
  ['2026-11-30T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
  ['1970-01-02T00:00:00.000Z', '1969-12-29T00:00:00.000Z'],
])('the week of %s begins at %s', (time, open) => {
  expect(new Date(openTimeOf(at(Date.parse(time)), spanOf(7 * DAY))).toISOString()).toBe(open);
});
