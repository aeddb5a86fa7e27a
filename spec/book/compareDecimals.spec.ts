import fc from 'fast-check';
import { compareDecimals } from '../../lib/book/decimals.js';
import { levelOf, removes } from '../../lib/book/level.js';

const isZeroDecimal = (size: string): boolean => removes(levelOf('1', size));

/** A decimal as an integer and a scale, and one of its many spellings. */
const decimal = fc
  .record({
    units: fc.oneof(fc.bigInt({ min: -50n, max: 50n }), fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n })),
    scale: fc.integer({ min: 0, max: 22 }),
    zeros: fc.nat({ max: 3 }),
    leading: fc.nat({ max: 2 }),
    exponent: fc.integer({ min: -3, max: 3 }),
  })
  .map(({ units, scale, zeros, leading, exponent }) => {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0') + '0'.repeat(zeros);
    const point = digits.length - zeros - scale;
    const fraction = digits.slice(point);
    const text = `${'0'.repeat(leading)}${digits.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}`;
    return {
      text: `${units < 0n ? '-' : ''}${text}${exponent === 0 ? '' : `e${exponent}`}`,
      // Scaled so that every value here is a whole number.
      value: units * 10n ** BigInt(30 - scale + exponent),
    };
  });
const signOf = (n: number | bigint): number => (n > 0 ? 1 : n < 0 ? -1 : 0);

describe('compareDecimals', () => {
  it.each([
    ['1.0', '1.00', 0],
    ['1e-7', '0.0000001', 0],
    ['-0', '0.00', 0],
    ['0.10', '0.9', -1],
    ['10', '9', 1],
    ['-10', '-9', -1],
    ['-1', '1', -1],
    ['0', '-0.1', 1],
    ['0.300000000000000001', '0.300000000000000002', -1],
    ['1E+2', '100', 0],
  ])('%s and %s', (a, b, expected) => {
    expect(signOf(compareDecimals(a, b))).toBe(expected);
    expect(signOf(compareDecimals(b, a))).toBe(signOf(-expected));
  });

  it('is the order of the numbers, however they are spelt', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(signOf(compareDecimals(a.text, b.text))).toBe(signOf(a.value - b.value));
        expect(isZeroDecimal(a.text)).toBe(a.value === 0n);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a size', () => {
  it.each(['0', '0.000', '-0.0', '0e5', '00'])('of %s removes', (text) => expect(isZeroDecimal(text)).toBe(true));
  it.each(['1', '0.001', `0.${'0'.repeat(400)}1`, '1e-400', '-5'])('of %s does not', (text) => expect(isZeroDecimal(text)).toBe(false)); // prettier-ignore
});
