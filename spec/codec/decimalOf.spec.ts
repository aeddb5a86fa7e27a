import fc from 'fast-check';
import { decimalOf } from '../../lib/codec/decimalOf.js';

/** As it is said: by a pattern, and by what JavaScript makes of the text. */
function spelled(text: string): number {
  const value = text.length <= 1_000 && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : NaN;
}

const digits = fc.stringMatching(/^\d{1,30}$/);
const decimal = fc.tuple(
  fc.constantFrom('', '-', '+'),
  digits,
  fc.constantFrom('', '.'),
  fc.option(digits, { nil: '' }),
);

describe('decimalOf', () => {
  it('is what the text spells, to the last bit', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          decimal.map((parts) => parts.join('')),
          fc.double().map(String),
          fc.string(),
        ),
        (text) => {
          expect(Object.is(decimalOf(text), spelled(text))).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it.each(['', '-', '.', '-.', '1.', '.5', '1..2', '1.2.3', '--1', '1e5', '9'.repeat(310), '1'.repeat(1_001)])(
    'refuses %j',
    (text) => {
      expect(decimalOf(text)).toBeNaN();
    },
  );

  it.each([undefined, null, 17, {}, ['1']])('refuses %j, which is no text', (value) => {
    expect(decimalOf(value)).toBeNaN();
  });

  it('keeps the sign of nothing', () => {
    expect(Object.is(decimalOf('-0.00'), -0)).toBe(true);
  });
});
