import { between, random, seedFor } from '../../lib/simulation/random.js';

describe('random', () => {
  it('draws the same numbers for the same seed, and others for another', () => {
    const draw = (seed: number): number[] => Array.from({ length: 50 }, random(seed));

    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('spreads over [0, 1)', () => {
    const draw = random(3);
    const tenths = new Array<number>(10).fill(0);
    for (let count = 0; count < 10_000; count += 1) {
      const index = Math.floor(draw() * 10);
      tenths[index] = (tenths[index] ?? 0) + 1;
    }

    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  it('reaches both ends of a range of whole numbers', () => {
    const draw = random(1);
    const seen = new Set(Array.from({ length: 200 }, () => between(draw, 2, 5)));

    expect([...seen].sort()).toEqual([2, 3, 4, 5]);
  });

  it('gives each part of a whole a seed of its own', () => {
    expect(seedFor(1, 'a')).not.toBe(seedFor(1, 'b'));
    expect(seedFor(1, 'a')).not.toBe(seedFor(2, 'a'));
    expect(seedFor(1, 'a')).toBe(seedFor(1, 'a'));
  });
});
