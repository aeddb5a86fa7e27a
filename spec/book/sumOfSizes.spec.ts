import fc from 'fast-check';
import { sumDecimals } from '../../lib/book/decimals.js';
import { sumOfSizes } from '../../lib/book/sumOfSizes.js';
import { level } from '../../lib/testing/builders.js';

describe('sumOfSizes', () => {
  it.each([
    [['0.1', '0.2'], '0.3'],
    [['0.10', '0.20'], '0.30'],
    [['5', '7'], '12'],
    [['0.00000001', '0.00000002'], '0.00000003'],
    [['0.5', '1'], '1.5'],
    [['1e-7', '1E-7'], '0.0000002'],
    [['99999999999999.9', '0.1'], '100000000000000.0'],
    [['900719925474099', '900719925474099.1'], '1801439850948198.1'],
    [['9007199254740993', '1'], '9007199254740994'],
    [[], '0'],
  ])('of %j is %s', (sizes, expected) => {
    expect(sumOfSizes(sizes.map((size) => level('1', size)))).toBe(expected);
  });

  it('is exact where doubles are not', () => {
    const size = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 14n - 1n }), fc.integer({ min: 0, max: 8 }))
      .map(([units, scale]) => {
        const digits = units.toString().padStart(scale + 1, '0');
        return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
      });
    const sameScale = fc
      .tuple(fc.array(fc.bigInt({ min: 0n, max: 10n ** 14n - 1n }), { minLength: 1, maxLength: 200 }), fc.nat(13))
      .map(([units, scale]) =>
        units.map((unit) => {
          const digits = unit.toString().padStart(scale + 1, '0');
          return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
        }),
      );
    fc.assert(
      fc.property(fc.oneof(fc.array(size, { maxLength: 50 }), sameScale), (sizes) => {
        expect(sumOfSizes(sizes.map((text) => level('1', text)))).toBe(sumDecimals(sizes));
      }),
      { numRuns: 500 },
    );
  });
});
