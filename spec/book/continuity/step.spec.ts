import fc from 'fast-check';
import { stepRule } from '../../../lib/book/continuity/step.js';
import { diff } from '../../../lib/testing/builders.js';

const one = (sequence: number) => diff({ firstSequence: sequence, lastSequence: sequence });

describe('stepRule', () => {
  it('reads the page of T+: a snapshot at 1943, two stale diffs, those that follow, and a gap', () => {
    expect([1942, 1943, 1944].map((n) => stepRule.join({ sequence: 1943 }, one(n)))).toEqual([
      'stale',
      'stale',
      'joins',
    ]);
    expect([1944, 1945, 1946, 1947].map((n) => stepRule.next({ sequence: n }, one(n + 1)))).toEqual([
      'next',
      'next',
      'next',
      'next',
    ]);
    expect(stepRule.next({ sequence: 1948 }, one(1951))).toBe('gap');
  });

  it.each([
    ['join', 'ahead'],
    ['next', 'gap'],
  ] as const)('never continues without a number (%s)', (way, expected) => {
    expect(stepRule[way]({ sequence: 1 }, diff())).toBe(expected);
    expect(stepRule[way]({}, one(1))).toBe(expected);
  });

  it.each([
    ['as late', 5_000, 5_000, 'next', 'joins'],
    ['earlier by less than a second', 4_001, 5_000, 'next', 'joins'],
    ['earlier by a second', 4_000, 5_000, 'gap', 'ahead'],
    ['of no time', undefined, 5_000, 'next', 'joins'],
    ['after one of no time', 4_000, undefined, 'next', 'joins'],
  ] as const)(
    'takes the next number for one of another counting where it is of before: %s',
    (_, at, before, following, joining) => {
      const next = diff({ lastSequence: 6, venueTime: at });
      const position = { sequence: 5, venueTime: before };
      expect(stepRule.next(position, next)).toBe(following);
      expect(stepRule.join(position, next)).toBe(joining);
      // What the book holds already may be as old as it likes.
      expect(stepRule.next({ ...position, sequence: 6 }, next)).toBe('stale');
    },
  );

  it('continues with exactly one number, in any position', () => {
    fc.assert(
      fc.property(fc.nat(1e13), fc.integer({ min: -1_000, max: 1_000 }), (sequence, away) => {
        const expected = away === 1 ? 'next' : away > 1 ? 'gap' : 'stale';
        expect(stepRule.next({ sequence }, one(sequence + away))).toBe(expected);
        const joining = away === 1 ? 'joins' : away > 1 ? 'ahead' : 'stale';
        expect(stepRule.join({ sequence }, one(sequence + away))).toBe(joining);
      }),
    );
  });
});
