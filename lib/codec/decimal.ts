import * as t from 'io-ts';

const [MINUS, POINT, ZERO] = [45, 46, 48];
/** Powers of ten that doubles hold exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * What a plain decimal text (`-12.50`) spells, the same as `Number(text)` to the last bit; `NaN` for whatever is none:
 * `""`, `" 1"`, `"+1"`, `"1."`, `".5"`, `"0x10"`, `"1e5"`, `"Infinity"`, and more digits than a double can reach.
 *
 * Checks and computes in one pass, since a book's frame is little else than decimals: half the time of a regular
 * expression and `Number`. Up to 2^53 the digits are exact, up to 10^22 the divisor is, and one division of two exact
 * numbers rounds as reading the text would.
 */
export function decimalOf(text: string): number {
  const { length } = text;
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let digits = 0;
  let point = -1;
  for (let i = start; i < length; i++) {
    const code = text.charCodeAt(i);
    const digit = code - ZERO;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (code === POINT && point < 0 && i > start) point = i;
    else return NaN;
  }
  if (start === length || point === length - 1) return NaN;
  const scale = point < 0 ? 0 : length - 1 - point;
  if (digits > Number.MAX_SAFE_INTEGER || scale >= POWERS.length) return finite(Number(text));
  const value = digits / (POWERS[scale] as number);
  return start === 0 ? value : -value;
}

const finite = (value: number): number => (Number.isFinite(value) ? value : NaN);

/** A number without an exponent, as decimal texts have none. */
function textOf(value: number): string {
  const [, sign = '', first = '', rest = '', exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value)) ?? [];
  if (exponent === undefined) return String(value);
  const shift = Number(exponent);
  const text = shift < 0 ? `0.${'0'.repeat(-1 - shift)}${first}${rest}` : first + rest.padEnd(shift, '0');
  return sign + text;
}

/** Price or size as venues send it: `"101.50"` ⇄ `101.5`. Refuses what {@link decimalOf} refuses. */
export const Decimal = new t.Type<number, string>(
  'Decimal',
  t.number.is,
  (u, c) => {
    if (typeof u !== 'string') return t.failure(u, c);
    const value = decimalOf(u);
    // NaN is what does not equal itself.
    return value === value ? t.success(value) : t.failure(u, c);
  },
  textOf,
);
