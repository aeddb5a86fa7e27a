import fc from 'fast-check';
import { levelOfNumbers } from '../../lib/codec/jsonNumbers.js';
import { ODD, PlainLevel } from '../../lib/model/plainLevel.js';

const spellingOf = (price: number, size = 1): number => PlainLevel.spellingOf(levelOfNumbers(price, size));

describe('levelOfNumbers', () => {
  it('tells both in the shortest decimals that read back the same', () => {
    expect(levelOfNumbers(100.5, 1e-7)).toEqual({
      price: 100.5,
      size: 1e-7,
      exact: { price: '100.5', size: '0.0000001' },
    });
  });

  it.each([1e15, 0.1 + 0.2, -1, 1e21, 123456789012.3456])('knows %s as a number whose text tells more', (price) => {
    expect(spellingOf(price)).toBe(ODD);
  });

  it.each([0, 7, 100.5, 999999999999999, 0.0000001, 12345678901234.5])('knows %s as a plain number', (price) => {
    expect(spellingOf(price)).not.toBe(ODD);
  });

  it('is made anew out of its numbers with the same texts, wherever it is plain', () => {
    const decimals = fc.tuple(fc.nat(10 ** 9), fc.nat(12)).map(([units, scale]) => units / 10 ** scale);
    const numbers = fc.oneof(decimals, fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }));
    let plain = 0;
    fc.assert(
      fc.property(numbers, numbers, (price, size) => {
        const level = levelOfNumbers(price, size);
        const spelling = PlainLevel.spellingOf(level);
        if (spelling === ODD) return;
        plain += 1;
        expect(PlainLevel.spelled(price, size, spelling).exact).toEqual(level.exact);
      }),
    );
    expect(plain).toBeGreaterThan(10);
  });
});
