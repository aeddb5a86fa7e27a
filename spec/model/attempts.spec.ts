import { type Attempts, attempted, noAttempts, succeeded } from '../../lib/model/attempts.js';

/** What is done at which moment: `+` an attempt, `=` it succeeded. */
const countsOf = (...steps: readonly (readonly ['+' | '=', number])[]): readonly number[] => {
  let attempts: Attempts = noAttempts;
  return steps.map(([what, now]) => {
    attempts = what === '+' ? attempted(attempts, now, 5_000) : succeeded(attempts, now);
    return attempts.count;
  });
};

describe('attempts', () => {
  it('are counted from the first, as long as nothing comes of them', () => {
    expect(countsOf(['+', 0], ['+', 60_000], ['+', 120_000])).toEqual([1, 2, 3]);
  });

  it('go on being counted where what came of the last one did not hold', () => {
    expect(countsOf(['+', 0], ['=', 10], ['+', 5_009])).toEqual([1, 1, 2]);
  });

  it('are counted from the first again once it held', () => {
    expect(countsOf(['+', 0], ['+', 5], ['=', 10], ['=', 4_000], ['+', 5_010])).toEqual([1, 2, 2, 2, 1]);
  });
});
