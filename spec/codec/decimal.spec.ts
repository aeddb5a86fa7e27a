import fc from 'fast-check';
import { isLeft } from 'fp-ts/lib/Either.js';
import { Decimal } from '../../lib/codec/decimal.js';
import { decimalOf } from '../../lib/codec/decimalOf.js';
import { DecimalText } from '../../lib/codec/decimalText.js';
import { pathOf } from '../../lib/codec/path.js';

const digits = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength }).map((list) => list.join(''));
const plain = fc
  .tuple(fc.boolean(), digits(25), fc.option(digits(30)))
  .map(([negative, whole, fraction]) => `${negative ? '-' : ''}${whole}${fraction === null ? '' : `.${fraction}`}`);
const PLAIN = /^-?\d+(\.\d+)?$/;

describe('Decimal', () => {
  it.each([
    ['0', 0],
    ['-0', -0],
    ['007.50', 7.5],
    ['101.50', 101.5],
    ['-12.25', -12.25],
    ['0.000000000000000001', 1e-18],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['9007199254740993', 9007199254740992],
    ['0.30000000000000004', 0.1 + 0.2],
    [`0.${'0'.repeat(400)}1`, 0],
  ])('reads %s', (text, value) => {
    expect(decimalOf(text)).toBe(value);
    expect(Decimal.decode(text)).toMatchObject({ right: value });
    expect(DecimalText.decode(text)).toMatchObject({ right: text });
  });

  it.each([
    ...['', ' ', ' 1', '1 ', '-', '.', '1.', '.5', '-.5', '+1', '--1', '1.2.3', '1,5', '0x10', '1e5', '1e400', '1E2'],
    ...['Infinity', '-Infinity', 'NaN', '٣', '1_000', '1\n', '9'.repeat(400)],
    ...[`0.${'0'.repeat(999)}`, '0'.repeat(60_000), `1.${'5'.repeat(2_000)}`],
  ])('refuses %j', (text) => {
    const result = Decimal.decode(text);
    expect(isLeft(result) && pathOf(result.left)).toBe('Decimal');
    expect(isLeft(DecimalText.decode(text))).toBe(true);
  });

  it.each([null, undefined, 1, 1n, ['1'], { length: 1 }])('refuses what is no text: %p', (value) => {
    expect(isLeft(Decimal.decode(value))).toBe(true);
    expect(isLeft(DecimalText.decode(value))).toBe(true);
  });

  it('equals Number to the last bit', () => {
    fc.assert(
      fc.property(plain, (text) => {
        expect(decimalOf(text)).toBe(Number(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('accepts plain decimals and nothing else', () => {
    const alphabet = fc.constantFrom('0', '1', '9', '.', '.', '-', '+', 'e', ' ', 'x', 'N');
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 6 }), (characters) => {
        const text = characters.join('');
        expect(Number.isNaN(decimalOf(text))).toBe(!PLAIN.test(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('encodes to a text that it decodes to the same number', () => {
    expect([1e-7, -2.5e-10, 1e21, 1.25e22, 101.5].map((value) => Decimal.encode(value))).toEqual([
      '0.0000001',
      '-0.00000000025',
      '1000000000000000000000',
      '12500000000000000000000',
      '101.5',
    ]);
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // -0 is told apart by `toBe`, and has no spelling of its own in `String`.
        expect(decimalOf(Decimal.encode(value)) + 0).toBe(value + 0);
      }),
      { numRuns: 2_000 },
    );
  });
});
