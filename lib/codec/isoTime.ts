import * as t from 'io-ts';
import { decimalOf } from './decimalOf.js';
import { REFUSED, FastType } from './fastType.js';

const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?Z$/;

/** A time in UTC to ms since 1970 with a fraction, as far as a double goes: `"2026-08-12T19:28:44.084233010Z"`. */
export const IsoTime = new FastType<number, string>(
  'IsoTime',
  t.number.is,
  (u) => {
    if (typeof u !== 'string') return REFUSED;
    const at = usualTimeOf(u) ?? timeOf(u);
    return Number.isNaN(at) ? REFUSED : at;
  },
  (at) => new Date(at).toISOString(),
);

/** A time that means something: venues write the year 1 or 1970 where they have none. */
export const timeIfAny = (at: number | undefined): number | undefined => (at !== undefined && at > 0 ? at : undefined);

function timeOf(text: string): number {
  const [, seconds, fraction = ''] = ISO.exec(text) ?? [];
  return seconds === undefined ? NaN : Date.parse(`${seconds}Z`) + Number(`0${fraction}`) * 1_000;
}

/** Up to the seconds, `2026-08-12T19:28:44`. */
const SECONDS = 19;
/** Of the months of any year. */
const DAYS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The same of a day that its month has in any year since 1970: by arithmetic, in a fifth of the time. `undefined` for any
 * other text.
 */
export function usualTimeOf(text: string): number | undefined {
  const end = text.length - 1;
  const year = pairAt(text, 0) * 100 + pairAt(text, 2);
  const [month, day] = [pairAt(text, 5), pairAt(text, 8)];
  const [hour, minute, second] = [pairAt(text, 11), pairAt(text, 14), pairAt(text, 17)];
  const isUsual =
    year >= 1970 && day > 0 && day <= (DAYS[month - 1] ?? 0) && hour < 24 && minute < 60 && second < 60; // prettier-ignore
  if (!isUsual || !isPunctuated(text) || text.charCodeAt(end) !== Z) return undefined;
  const whole = Date.UTC(year, month - 1, day, hour, minute, second);
  if (end === SECONDS) return whole;
  const fraction =
    text.charCodeAt(SECONDS) === POINT && end <= SECONDS + 10 ? decimalOf(`0${text.slice(SECONDS, end)}`) : NaN;
  return Number.isNaN(fraction) ? undefined : whole + fraction * 1_000;
}

/** The number of two digits there; NaN where there are none. */
function pairAt(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

const isPunctuated = (text: string): boolean =>
  text.charCodeAt(4) === MINUS &&
  text.charCodeAt(7) === MINUS &&
  text.charCodeAt(10) === T &&
  text.charCodeAt(13) === COLON &&
  text.charCodeAt(16) === COLON;

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const COLON = 58;
const T = 84;
const Z = 90;
