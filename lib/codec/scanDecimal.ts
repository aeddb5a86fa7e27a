import { ODD } from '../model/plainLevel.js';
import { LONGEST_DECIMAL } from './decimalOf.js';

/** A place in a text that is being read. */
export interface Cursor {
  /** Where it stands. */
  at: number;
  /** How many decimals the number has that was read last; `ODD` where its text does not follow from that. */
  decimals: number;
}

// One by one, so that bundlers write the figures in.
const POINT = 46;
const ZERO = 48;
const NINE = 57;
/** From this length on a slice keeps the whole text alive that it is of (V8). */
const SLICED = 13;
/** Below this, doubles tell apart all numbers of the same decimals, and of any. */
const PLAIN = 1e15;
/** Doubles hold these exactly. */
const POWERS: readonly number[] = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** A part of a text that keeps nothing else of it alive. */
export function partOf(text: string, from: number, to: number): string {
  const part = text.slice(from, to);
  return part.length < SLICED ? part : ` ${part}`.slice(1);
}

/** The same of one that was cut out already. */
export const ownText = (part: string): string => (part.length < SLICED ? part : ` ${part}`.slice(1));

/** Whether a part stands in a text there. `startsWith` says the same letter by letter, which takes twice as long. */
export const standsAt = (text: string, part: string, at: number): boolean => text.slice(at, at + part.length) === part;

/**
 * The plain decimal where the cursor stands, which is left behind it; `NaN` where there is none of as many digits as a double
 * holds. Checks and computes in one pass: the digits are exact, the divisor is, and one division of two exact numbers
 * rounds as reading the text would.
 */
export function scanDecimal(text: string, cursor: Cursor): number {
  const start = cursor.at;
  let digits = 0;
  let point = -1;
  let at = start;
  // Not one behind the end: where that was read once, V8 calls a function for each character from then on.
  for (const end = text.length; at < end; at += 1) {
    const code = text.charCodeAt(at);
    // In this order: added before the zero is taken away, the last digits of a full double would be rounded.
    if (code >= ZERO && code <= NINE) digits = digits * 10 + (code - ZERO);
    else if (code === POINT && point < 0 && at > start) point = at;
    else break;
  }
  cursor.at = at;
  const decimals = point < 0 ? 0 : at - point - 1;
  // Nothing, or nothing behind the point.
  if (at === start || point === at - 1) return NaN;
  const isPadded = text.charCodeAt(start) === ZERO && at > start + 1 && point !== start + 1;
  cursor.decimals = isPadded || digits >= PLAIN ? ODD : decimals;
  if (at - start > LONGEST_DECIMAL || digits >= 2 ** 53) return NaN;
  const scale = POWERS[decimals];
  return scale === undefined ? NaN : decimals === 0 ? digits : digits / scale;
}
