import fc from 'fast-check';
import { pathOf } from '../../lib/codec/path.js';
import { I128, millisOfNanos, scaledDown, U128, U64 } from '../../lib/codec/integers.js';

const decoded = (codec: typeof U64, value: unknown): unknown => {
  const result = codec.decode(value);
  return result._tag === 'Right' ? result.right : pathOf(result.left);
};

describe('integers', () => {
  it.each([
    ['18446744073709551615', '18446744073709551615'],
    ['0', '0'],
    [42, '42'],
    ['18446744073709551616', 'U64'],
    [2 ** 64, 'U64'],
    ['-1', 'U64'],
    ['007', 'U64'],
    ['', 'U64'],
    [' 1', 'U64'],
    ['1.0', 'U64'],
    [1.5, 'U64'],
    [null, 'U64'],
    ['1'.repeat(60_000), 'U64'],
  ])('U64 makes of %j %j', (value, expected) => {
    expect(decoded(U64, value)).toBe(expected);
  });

  it('knows its bounds to the last unit', () => {
    const most = 2n ** 127n - 1n;
    expect(decoded(I128, String(most))).toBe(String(most));
    expect(decoded(I128, String(most + 1n))).toBe('I128');
    expect(decoded(I128, String(-most - 1n))).toBe(String(-most - 1n));
    expect(decoded(I128, String(-most - 2n))).toBe('I128');
    expect(decoded(U128, '340282366920938463463374607431768211455')).toBe('340282366920938463463374607431768211455');
    expect(decoded(U128, '340282366920938463463374607431768211456')).toBe('U128');
  });

  it('takes every integer within its bounds, and no other', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 129n), max: 2n ** 129n }), (value) => {
        const isWithin = value >= -(2n ** 127n) && value < 2n ** 127n;
        expect(I128.is(String(value))).toBe(isWithin);
      }),
    );
  });
});

describe('scaledDown', () => {
  it.each([
    ['19990000', 9, '0.01999'],
    ['100000000000', 9, '100'],
    ['0', 9, '0'],
    ['1', 18, '0.000000000000000001'],
    ['-200000000000', 9, '-200'],
    ['-5', 1, '-0.5'],
    ['120', 0, '120'],
    ['340282366920938463463374607431768211455', 9, '340282366920938463463374607431.768211455'],
  ])('(%s, %d) is %s', (units, decimals, expected) => {
    expect(scaledDown(units, decimals)).toBe(expected);
  });

  it('loses no digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 127n), max: 2n ** 127n }), fc.nat({ max: 30 }), (units, decimals) => {
        const text = scaledDown(String(units), decimals);
        const [whole = '', fraction = ''] = text.split('.');
        expect(BigInt(whole + fraction.padEnd(decimals, '0'))).toBe(units);
      }),
    );
  });
});

describe('millisOfNanos', () => {
  it.each([
    ['1774483200123456789', Number('1774483200123.456789')],
    ['0', 0],
    ['999999', 0.999999],
    ['1234567891', 1234.567891],
  ])('reads %s', (nanos, expected) => {
    expect(millisOfNanos(nanos)).toBe(expected);
  });
});
