import fc from 'fast-check';
import {
  addDecimals,
  ceilToStep,
  compareDecimals,
  distanceOf,
  floorToStep,
  multiplyDecimals,
  quotientOf,
  middleOf,
  subtractDecimals,
  sumDecimals,
} from '../../lib/book/decimals.js';

/** An integer with its point put in by hand: what the functions must equal, without their way of reading. */
const decimal = fc
  .record({ units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), scale: fc.nat({ max: 18 }) })
  .map(({ units, scale }) => {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
    const whole = digits.slice(0, digits.length - scale);
    const text = (units < 0n ? '-' : '') + (scale === 0 ? whole : `${whole}.${digits.slice(digits.length - scale)}`);
    return { text, over18: units * 10n ** BigInt(18 - scale) };
  });
const over18 = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(18, '0'));
};

describe('addDecimals and subtractDecimals', () => {
  it.each([
    ['0.1', '0.2', '0.3', '-0.1'],
    ['0.10', '0.2', '0.30', '-0.10'],
    ['1', '-1', '0', '2'],
    ['-0.05', '0.04', '-0.01', '-0.09'],
    ['1e-7', '2E3', '2000.0000001', '-1999.9999999'],
    ['1e3', '1', '1001', '999'],
    [
      '9007199254740993',
      '0.000000000000000001',
      '9007199254740993.000000000000000001',
      '9007199254740992.999999999999999999',
    ],
  ])('%s and %s make %s and differ by %s', (a, b, sum, difference) => {
    expect(addDecimals(a, b)).toBe(sum);
    expect(subtractDecimals(a, b)).toBe(difference);
  });

  it('equal integer arithmetic for any two numbers', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(over18(addDecimals(a.text, b.text))).toBe(a.over18 + b.over18);
        expect(over18(subtractDecimals(a.text, b.text))).toBe(a.over18 - b.over18);
      }),
    );
  });

  it('make of short texts, digit for digit, what they make of the same numbers spelled long', () => {
    const short = fc
      .tuple(
        fc.constantFrom('', '-'),
        fc.stringMatching(/^\d{1,15}$/),
        fc.constantFrom('', '.'),
        fc.stringMatching(/^\d{1,15}$/),
      )
      .map(([sign, whole, point, fraction]) => sign + whole + point + (point === '' ? '' : fraction));
    const long = (text: string): string => text.replace(/^-?/, (sign) => sign + '0'.repeat(16));
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(addDecimals(a, b)).toBe(addDecimals(long(a), long(b)));
        expect(subtractDecimals(a, b)).toBe(subtractDecimals(long(a), long(b)));
        expect(sumDecimals([a, b, a])).toBe(sumDecimals([long(a), long(b), long(a)]));
        expect(Math.sign(compareDecimals(a, b))).toBe(Math.sign(compareDecimals(long(a), long(b))));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['', '-', ' 1', '1.', '.5', '0x10', 'NaN', 'Infinity', '--1', '1e4000'])('refuse "%s"', (text) => {
    expect(() => addDecimals(text, '1')).toThrow(new RangeError(`no decimal: ${text}`));
    expect(() => subtractDecimals('1', text)).toThrow(RangeError);
  });
});

describe('middleOf and distanceOf', () => {
  it.each([
    ['0.1', '0.2', 0.15, -0.1],
    ['101', '102', 101.5, -1],
    ['-1', '1', 0, -2],
    ['100.01', '100.00', 100.005, 0.01],
    ['1e-7', '3e-7', 2e-7, -2e-7],
    ['2e3', '1', 1000.5, 1999],
  ])('of %s and %s are %d and %d', (a, b, middle, distance) => {
    expect([middleOf(a, b), distanceOf(a, b)]).toEqual([middle, distance]);
  });

  it('are the doubles nearest to the exact numbers', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const sum = String((a.over18 + b.over18) * 5n);
        expect(middleOf(a.text, b.text)).toBe(Number(`${sum}e-19`));
        expect(distanceOf(a.text, b.text)).toBe(Number(subtractDecimals(a.text, b.text)));
      }),
    );
  });
});

describe('floorToStep and ceilToStep', () => {
  it.each([
    ['101.49', '0.5', '101.0', '101.5'],
    ['101.50', '0.5', '101.5', '101.5'],
    ['0.3', '0.1', '0.3', '0.3'],
    ['7271', '10', '7270', '7280'],
    ['7271', '1e1', '7270', '7280'],
    ['0.00000012', '1e-7', '0.0000001', '0.0000002'],
    ['-0.3', '0.5', '-0.5', '0.0'],
    ['-37.63', '5', '-40', '-35'],
    ['0.9999999999999999999', '1', '0', '1'],
  ])('of %s by %s are %s and %s', (value, step, floor, ceil) => {
    expect(floorToStep(value, step)).toBe(floor);
    expect(ceilToStep(value, step)).toBe(ceil);
  });

  it('enclose the value within one step, both at multiples of it', () => {
    const step = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.nat({ max: 9 })).map(([units, scale]) => {
      const digits = units.toString().padStart(scale + 1, '0');
      return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    });
    fc.assert(
      fc.property(decimal, step, ({ text }, by) => {
        const [value, width] = [over18(text), over18(by)];
        const [floor, ceil] = [over18(floorToStep(text, by)), over18(ceilToStep(text, by))];
        expect([floor % width, ceil % width]).toEqual([0n, 0n]);
        expect(floor <= value && value <= ceil).toBe(true);
        expect(ceil - floor).toBe(value % width === 0n ? 0n : width);
      }),
    );
  });

  it.each(['0', '0.00', '-1', 'x'])('refuse a step of %s', (step) => {
    expect(() => floorToStep('1', step)).toThrow(RangeError);
    expect(() => ceilToStep('1', step)).toThrow(RangeError);
  });
});

describe('multiplyDecimals and quotientOf', () => {
  it.each([
    ['1.50', '0.2', '0.300'],
    ['-3', '7', '-21'],
    ['2e3', '4', '8000'],
    ['1e-3', '5', '0.005'],
  ])('%s times %s is %s', (a, b, product) => {
    expect(multiplyDecimals(a, b)).toBe(product);
  });

  it('divides to the nearest double, as doubles do where they hold both', () => {
    const whole = fc.maxSafeInteger();
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        expect(quotientOf(String(a), String(b))).toBe(b === 0 ? NaN : a === 0 ? 0 : a / b);
      }),
    );
  });

  it('undoes a product, however many digits it has', () => {
    fc.assert(
      fc.property(decimal, decimal, ({ text: a }, { text: b }) => {
        fc.pre(Number(b) !== 0 && Number(a) !== 0);
        expect(quotientOf(multiplyDecimals(a, b), b)).toBe(Number(a));
      }),
    );
  });
});
