import * as t from 'io-ts';
import { REFUSED, FastType } from './fastType.js';

/** Digits without a leading zero, so that equal numbers are equal texts. */
const UNSIGNED = /^(?:0|[1-9]\d*)$/;
const SIGNED = /^(?:0|-?[1-9]\d*)$/;
/** So many digits fit into a double, whatever they are. */
const SHORT = 15;

/**
 * A whole number as text of its digits, from a text or from a JSON number. Numbers beyond 2^53 are refused as numbers,
 * since their last digits are lost by then: `parseLossless` hands them over as texts.
 */
function integer(name: string, form: RegExp, least: bigint, most: bigint): t.Type<string, string> {
  const room = String(most).length;
  const isWithin = (text: string): boolean => {
    if (text.length < room) return true;
    const value = BigInt(text);
    return value >= least && value <= most;
  };
  // One more for a sign. No number is made of longer ones: that takes the square of their length.
  const is = (u: unknown): u is string => typeof u === 'string' && u.length <= room + 1 && form.test(u) && isWithin(u);
  return new FastType<string, string>(
    name,
    is,
    (u) => {
      // Of so few digits any is within, but for a sign.
      if (typeof u === 'number') return Number.isSafeInteger(u) && (u >= 0 || least < 0n) ? String(u) : REFUSED;
      return is(u) ? u : REFUSED;
    },
    t.identity,
  );
}

/** Unsigned, of 64 bits. */
export const U64 = integer('U64', UNSIGNED, 0n, 2n ** 64n - 1n);
/** Unsigned, of 128 bits. */
export const U128 = integer('U128', UNSIGNED, 0n, 2n ** 128n - 1n);
/** Signed, of 128 bits. */
export const I128 = integer('I128', SIGNED, -(2n ** 127n), 2n ** 127n - 1n);

/**
 * The decimal text of a whole number of smallest units: `('19990000', 9)` is `0.01999`. Without zeros at its end, so that
 * equal amounts are equal texts; nothing is lost, since padding them to `decimals` again gives the digits back.
 *
 * @param units A whole number as text.
 * @param decimals How many decimals one whole unit has.
 */
export function scaledDown(units: string, decimals: number): string {
  if (decimals === 0) return units;
  const isNegative = units.charCodeAt(0) === MINUS;
  const digits = (isNegative ? units.slice(1) : units).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  let end = digits.length;
  while (end > point && digits.charCodeAt(end - 1) === ZERO) end -= 1;
  const whole = digits.slice(0, point);
  const text = end === point ? whole : `${whole}.${digits.slice(point, end)}`;
  return isNegative ? `-${text}` : text;
}
const [MINUS, ZERO] = [45, 48];

/** A time in nanoseconds since 1970, to ms with a fraction: exact to less than a microsecond. */
export function millisOfNanos(nanos: string): number {
  // By parts: the whole number has more digits than a double.
  const cut = nanos.length - 6;
  if (nanos.length <= SHORT || cut <= 0) return Number(nanos) / 1e6;
  return Number(nanos.slice(0, cut)) + Number(nanos.slice(cut)) / 1e6;
}
