import fc from 'fast-check';
import { compareDecimals } from '../../lib/book/decimals.js';
import { Leaf } from '../../lib/book/leaf.js';
import { leafOf, type Leaves } from '../../lib/book/leaves.js';
import { foldLeaves } from '../../lib/book/foldLeaves.js';
import { levelOf as oddLevelOf, removes } from '../../lib/book/level.js';
import { type Side, sideOf } from '../../lib/book/side.js';
import { levelOf } from '../../lib/codec/levelOf.js';
import { ODD, PlainLevel } from '../../lib/model/plainLevel.js';
import type { PriceLevel } from '../../lib/model/priceLevel.js';

const decimal = fc.oneof(
  fc.integer({ min: 0, max: 300 }).map(String),
  fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.nat(5)).map(([n, decimals]) => (n / 10).toFixed(decimals + 1)),
  fc.integer({ min: 0, max: 30 }).map((n) => `7.${String(n).padStart(18, '0')}`),
  fc.integer({ min: 0, max: 30 }).map((n) => `0.${String(n).padStart(18, '0')}`),
  fc.constantFrom('7', '07', '7.0', '9007199254740993', '123456789012345', '999999999999999', '0.00', '1e-7'),
);
const change = fc.tuple(decimal, decimal, fc.boolean());
const levelsOf = (changes: readonly (readonly [string, string, boolean])[]): readonly PriceLevel[] =>
  changes.map(([price, size, isPlain]) => (isPlain ? levelOf : oddLevelOf)(price, size));
const textsOf = (levels: Iterable<PriceLevel>): readonly unknown[] =>
  [...levels].map(({ price, size, exact }) => [price, size, exact.price, exact.size]);

/** What a side should be, by the dullest means there are. */
function folded(before: readonly PriceLevel[], levels: readonly PriceLevel[], sign: 1 | -1): readonly PriceLevel[] {
  let list = before;
  for (const level of levels) {
    const rest = list.filter(({ exact }) => compareDecimals(exact.price, level.exact.price) !== 0);
    list = removes(level) ? rest : [...rest, level];
  }
  return [...list].sort((a, b) => sign * compareDecimals(a.exact.price, b.exact.price));
}

describe('a side of packed levels', () => {
  it('takes levels of any spelling that come as its last ones go, within one diff', () => {
    const side = sideOf([levelOf('1.5', '1'), levelOf('2', '1')], 1);

    const emptied = ['1.5', '2'].map((price) => levelOf(price, '0'));
    const next = side.fold([...emptied, levelOf('3', '1'), levelOf('4.5', '1'), levelOf('3', '1.5')]);

    expect(textsOf(next)).toEqual(textsOf([levelOf('3', '1.5'), levelOf('4.5', '1')]));
  });

  it('begins with a whole list, in order or not, as it would be folded one by one', () => {
    const list = fc.array(change, { maxLength: 200 });
    fc.assert(
      fc.property(list, list, fc.boolean(), fc.constantFrom<1 | -1>(1, -1), (begun, changes, isInOrder, sign) => {
        const levels = levelsOf(begun);
        const whole = folded([], levels, sign);

        const side = sideOf(isInOrder ? whole : levels, sign);
        const next = side.fold(levelsOf(changes));

        expect(textsOf(side)).toEqual(textsOf(whole));
        expect(side.at(0)).toEqual(whole[0]);
        expect(textsOf(next)).toEqual(textsOf(folded(whole, levelsOf(changes), sign)));
      }),
      { numRuns: 50 },
    );
    const plain = Array.from({ length: 500 }, (_, i) => levelOf(`${i + 1}.5`, i % 2 === 0 ? '1' : '1.25'));
    const side = sideOf(plain, 1);

    const next = side.fold([levelOf('7.5', '0'), levelOf('8.5', '3.125'), levelOf('400.75', '1')]);

    expect(textsOf(side)).toEqual(textsOf(plain));
    expect(textsOf(next)).toEqual(
      textsOf(folded(plain, [levelOf('7.5', '0'), levelOf('8.5', '3.125'), levelOf('400.75', '1')], 1)),
    );
  });

  it('tells all of its levels digit for digit, in each of its versions, whoever asks for which', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(change, { maxLength: 60 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom<1 | -1>(1, -1),
        fc.array(fc.nat(50), { maxLength: 6 }),
        (diffs, sign, asked) => {
          let side: Side = sideOf([], sign);
          let expected: readonly PriceLevel[] = [];
          const versions: [Side, readonly PriceLevel[]][] = [];
          for (const [i, changes] of diffs.entries()) {
            const levels = levelsOf(changes);
            side = side.fold(levels);
            expected = folded(expected, levels, sign);
            versions.push([side, expected]);
            // Some are asked for some of their levels before they are folded on.
            const index = asked[i] ?? 0;
            if (index > 0) expect(side.at(index)).toEqual(expected[index]);
            expect(side.at(0)).toEqual(expected[0]);
          }
          for (const [version, levels] of versions) {
            expect(version.length).toBe(levels.length);
            expect(textsOf(version)).toEqual(textsOf(levels));
            expect(version.slice()).toEqual(levels);
            expect(JSON.parse(JSON.stringify(version))).toEqual(JSON.parse(JSON.stringify(levels)));
            for (const [index, level] of levels.entries()) {
              expect(version.get(level.exact.price)).toEqual(level);
              expect(version.at(index)).toBe(index === 0 ? version.at(0) : version.slice()[index]);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('makes the texts of a plain level anew as they were', () => {
    const text = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), fc.nat(22)).map(([digits, decimals]) => {
      const padded = String(digits).padStart(decimals + 1, '0');
      return decimals === 0 ? padded : `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
    });
    fc.assert(
      fc.property(text, text, (price, size) => {
        const level = levelOf(price, size);
        const spelling = PlainLevel.spellingOf(level);

        expect(spelling).not.toBe(ODD);
        expect(PlainLevel.spelled(level.price, level.size, spelling)).toEqual(level);
        expect(level).toEqual({ price: Number(price), size: Number(size), exact: { price, size } });
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(['-1', '01', '00.5', '1e5', '1000000000000000', '0.1234567890123456', '9007199254740993', '1.', ''])(
    'keeps %j as a text, since its number does not tell it',
    (text) => {
      expect(PlainLevel.spellingOf(levelOf(text, '1'))).toBe(ODD);
      expect(PlainLevel.spellingOf(levelOf('1', text))).toBe(ODD);
    },
  );
});

describe('what a fold copies', () => {
  const made = (count: number): Leaves =>
    foldLeaves(
      [Leaf.empty],
      Array.from({ length: count }, (_, i) => levelOf((1 + i / 100).toFixed(2), '1.000')),
      1,
    );

  it('keeps no level of what nobody asked for', () => {
    expect(made(1_000).every(({ levels, spellings }) => levels === undefined && spellings === undefined)).toBe(true);
  });

  it('copies nothing but the sizes of the one leaf where sizes change', () => {
    const before = made(1_000);
    const after = foldLeaves(before, [levelOf('3.10', '9.000'), levelOf('3.11', '9.000')], 1);
    const [changed = -1, ...others] = after.flatMap((leaf, at) => (leaf === before[at] ? [] : [at]));

    expect(others).toEqual([]);
    expect(after[changed]?.prices).toBe(before[changed]?.prices);
    expect(after[changed]?.sizes).not.toBe(before[changed]?.sizes);
  });

  it('goes on with the levels that were asked for, and with no others', () => {
    const before = made(100);
    const [leaf] = before;
    const level = leaf?.at(7);
    const [after] = foldLeaves(before, [levelOf('1.03', '2.000')], 1);

    expect(after?.at(7)).toBe(level);
    expect(after?.levels?.filter((one) => one !== undefined)).toHaveLength(2);
  });

  it('finds a price that shares its double with the first of the next leaf', () => {
    const close = (n: number): string => `7.${String(n).padStart(18, '0')}`;
    const levels = Array.from({ length: 400 }, (_, n) => oddLevelOf(close(n), '1'));
    const leaves = foldLeaves([Leaf.empty], levels, 1);

    expect(leaves.length).toBeGreaterThan(2);
    levels.forEach((level, n) => {
      const at = leafOf(leaves, level, ODD, 1);
      expect(leaves[at]?.look(leaves[at].indexOf(level, ODD, 1))?.exact.price).toBe(close(n));
    });
  });
});
