import fc from 'fast-check';
import { scaledDown } from '../../lib/codec/integers.js';
import { levelOf } from '../../lib/codec/levelOf.js';
import { levelOfUnits } from '../../lib/codec/levelOfUnits.js';
import { ODD, PlainLevel } from '../../lib/model/plainLevel.js';

describe('levelOfUnits', () => {
  it('comes to what the scaled texts come to', () => {
    const units = fc.oneof(fc.nat(1_000).map(BigInt), fc.bigInt(0n, 10n ** 15n), fc.bigInt(0n, 2n ** 128n));
    fc.assert(
      fc.property(units, fc.nat(36), units, fc.nat(36), (price, priceDecimals, size, sizeDecimals) => {
        const level = levelOfUnits(String(price), priceDecimals, String(size), sizeDecimals);

        const expected = levelOf(scaledDown(String(price), priceDecimals), scaledDown(String(size), sizeDecimals));
        expect({ ...level }).toEqual({ ...expected });
        const spelling = PlainLevel.spellingOf(level);
        if (spelling !== ODD) expect(spelling).toBe(PlainLevel.spellingOf(expected));
      }),
      { numRuns: Number(process.env['MUTATIONS'] ?? 1_000) },
    );
  });

  it('has sizes below 0, which are changes', () => {
    expect({ ...levelOfUnits('15', 1, '-2500', 3) }).toEqual({
      price: 1.5,
      size: -2.5,
      exact: { price: '1.5', size: '-2.5' },
    });
  });
});
