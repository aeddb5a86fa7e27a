import fc from 'fast-check';
import { foldLeaves } from '../../lib/book/foldLeaves.js';
import { Leaf, type Sign } from '../../lib/book/leaf.js';
import { leafOf, leavesOf, levelIn, type Leaves } from '../../lib/book/leaves.js';
import { levelOf } from '../../lib/book/level.js';
import { ODD, PlainLevel } from '../../lib/model/plainLevel.js';
import type { PriceLevel } from '../../lib/model/priceLevel.js';

/** The leaves of levels that stand in order. */
function leavesFrom(levels: readonly PriceLevel[]): Leaf[] {
  const leaf = Leaf.empty.copy();
  levels.forEach((level, index) => {
    leaf.insert(index, level, PlainLevel.spellingOf(level));
  });
  return leavesOf(leaf);
}
const levelsOf = (leaves: Leaves): readonly PriceLevel[] =>
  leaves.flatMap((leaf) => Array.from({ length: leaf.length }, (_, index) => leaf.at(index) as PriceLevel));

const made = (count: number, step = 1): readonly PriceLevel[] =>
  Array.from({ length: count }, (_, i) => levelOf(String(1 + i * step), '1'));
const sortedBy = (sign: Sign, prices: readonly number[]): PriceLevel[] =>
  [...new Set(prices)].sort((a, b) => sign * (a - b)).map((price) => levelOf(String(price), '1'));

describe('searching', () => {
  const price = fc.oneof(
    fc.integer({ min: -20, max: 20 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n)),
  );

  it('finds a leaf and a place in it as looking at each level would', () => {
    fc.assert(
      fc.property(fc.array(price, { maxLength: 700 }), price, fc.constantFrom<Sign>(1, -1), (prices, key, sign) => {
        const levels = sortedBy(sign, prices);
        const leaves = leavesFrom(levels);
        const sought = levelOf(String(key), '1');

        const at = leafOf(leaves, sought, ODD, sign);
        const index = leaves[at]?.indexOf(sought, ODD, sign) ?? NaN;

        const better = levels.filter((each) => sign * each.price < sign * key).length;
        const before = leaves.slice(0, at).reduce((sum, leaf) => sum + leaf.length, 0);
        expect(before + index).toBe(better);
        expect(levelIn(leaves, sought, ODD, sign)).toBe(levels.find((each) => each.price === key));
        const begun = leaves.filter(({ prices: [first] }) => first !== undefined && sign * first <= sign * key).length;
        expect(at).toBe(Math.max(0, begun - 1));
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Levels that share a double, and how often the text of one was read. */
function neighbours(count: number): { readonly levels: readonly PriceLevel[]; readonly read: () => number } {
  let times = 0;
  const levels = Array.from({ length: count }, (_, i): PriceLevel => {
    const exact = { price: `1.${'0'.repeat(30)}${String(i).padStart(5, '0')}1`, size: '1' };
    return {
      price: 1,
      size: 1,
      get exact() {
        times += 1;
        return exact;
      },
    };
  });
  return { levels, read: () => times };
}

describe('searching where nothing can be reckoned', () => {
  it.each<[string, (index: number, count: number) => number]>([
    ['in order', (index) => index],
    ['backwards', (index, count) => count - 1 - index],
    ['in no order', (index, count) => (index * 7_919) % count],
  ])('takes few comparisons for each level, %s', (_, placeOfNth) => {
    const count = 1_600;
    const { levels, read } = neighbours(count);
    const shuffled = levels.map((_level, i) => levels[placeOfNth(i, count)] as PriceLevel);

    const leaves = foldLeaves([Leaf.empty], shuffled, 1);

    expect(levelsOf(leaves)).toEqual(levels);
    // Some ten leaves are gone over, and one of 300 is halved nine times: each looks at two texts.
    expect(read() / count).toBeLessThan(120);
  });

  it('finds each of levels that lie as unevenly as can be', () => {
    const prices = Array.from({ length: 300 }, (_, i) => 2 ** (i - 150));
    for (const sign of [1, -1] as const) {
      const leaves = leavesFrom(sortedBy(sign, prices));
      for (const price of prices) expect(levelIn(leaves, levelOf(String(price), '1'), ODD, sign)?.price).toBe(price);
    }
  });
});

/** The least and the most levels of a leaf, by its place; of all behind as of the last. */
const bounds = [
  [10, 40],
  [15, 80],
  [40, 160],
  [60, 300],
] as const;

/** What must hold of all leaves: none too big for its place, none too small that has a neighbour, and the levels in order. */
function expectSound(leaves: Leaves, sign: Sign): void {
  const sizes = leaves.map(({ length }) => length);
  const odd = sizes.filter((size, place) => {
    const [least, most] = bounds[Math.min(place, bounds.length - 1)] ?? [NaN, NaN];
    return !(size <= most && (size >= least || sizes.length === 1));
  });
  expect(odd).toEqual([]);
  expect(sizes.length).toBeGreaterThan(0);
  const prices = levelsOf(leaves).map((level) => sign * level.price);
  expect(prices.every((price, i) => i === 0 || (prices[i - 1] ?? NaN) < price)).toBe(true);
}
const count = (leaves: Leaves): number => leaves.reduce((sum, { length }) => sum + length, 0);

describe('foldLeaves', () => {
  it('shares every leaf that no level fell into', () => {
    const before = leavesFrom(made(10_000));
    const after = foldLeaves(before, [levelOf('5', '9'), levelOf('4970.5', '9'), levelOf('4971', '0')], 1);

    const old = new Set<unknown>(before);
    expect(after.filter((leaf) => !old.has(leaf))).toHaveLength(2);
  });

  it('returns the very leaves where nothing changed', () => {
    const leaves = leavesFrom(made(100));

    expect(foldLeaves(leaves, [], 1)).toBe(leaves);
    expect(foldLeaves(leaves, [levelOf('0.5', '0')], 1)).toBe(leaves);
  });

  it('keeps two versions apart', () => {
    const leaves = leavesFrom(made(100));
    const one = foldLeaves(leaves, [levelOf('5', '7')], 1);
    const two = foldLeaves(leaves, [levelOf('5', '8')], 1);
    foldLeaves(one, [levelOf('5', '9'), levelOf('6', '0'), levelOf('5.5', '1')], 1);

    const at = (each: Leaves): unknown => each[0]?.at(4)?.size;
    expect([at(leaves), at(one), at(two), count(one)]).toEqual([1, 7, 8, 100]);
  });

  it.each([41, 80, 120, 121, 300, 425, 1_000, 10_001, 100_001])('cuts %i levels that stand in order', (length) => {
    expectSound(leavesFrom(made(length)), 1);
  });

  it('stays balanced while it grows from nothing, shrinks to nothing and grows again', () => {
    const levels = made(6_000);
    const gone = levels.map(({ exact }) => levelOf(exact.price, '0'));
    for (const sign of [1, -1] as const) {
      let leaves: Leaves = leavesFrom([]);
      for (const wave of [levels, gone, [...levels].reverse(), gone.filter((_, i) => i % 7 !== 0)]) {
        for (let i = 0; i < wave.length; i += 97) {
          leaves = foldLeaves(leaves, wave.slice(i, i + 97), sign);
          if (i % 5 === 0) expectSound(leaves, sign);
        }
        expectSound(leaves, sign);
      }
      expect(count(leaves)).toBe(858);
    }
  });

  it('stays balanced through any changes', () => {
    const change = fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.constantFrom('0', '0', '1', '2'));
    const changes = fc.array(fc.array(change, { maxLength: 300 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.nat({ max: 3_000 }), changes, (start, steps) => {
        let leaves: Leaves = leavesFrom([...made(start)].reverse());
        expectSound(leaves, -1);
        for (const step of steps) {
          leaves = foldLeaves(
            leaves,
            step.map(([price, size]) => levelOf(String(price), size)),
            -1,
          );
          expectSound(leaves, -1);
        }
      }),
      { numRuns: 60 },
    );
  });
});
