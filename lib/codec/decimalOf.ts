/**
 * So many characters a decimal may have: more than the digits of any double or of 256 bits, and few enough that exact
 * arithmetic with it, which takes the square of its length, is no work.
 */
export const LONGEST_DECIMAL = 1_000;

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/**
 * What a plain decimal text (`-12.50`) spells; `NaN` for whatever is none: `""`, `" 1"`, `"+1"`, `"1."`, `".5"`, `"0x10"`,
 * `"1e5"`, `"Infinity"`, more digits than a double can reach, more than {@link LONGEST_DECIMAL}, and what is no text.
 *
 * Checks and computes in one pass, as `scanLevels` does: the digits are exact, the divisor is, and one division of two exact
 * numbers rounds as reading the text would.
 */
export function decimalOf(text: unknown): number {
  if (typeof text !== 'string' || text.length > LONGEST_DECIMAL) return NaN;
  const isNegative = text.charCodeAt(0) === MINUS;
  const start = isNegative ? 1 : 0;
  let digits = 0;
  /** Ten to the number of decimals; 0 before the point. */
  let scale = 0;
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      // In this order: added before the zero is taken away, the last digits of a full double would be rounded.
      digits = digits * 10 + (code - ZERO);
      scale *= 10;
    } else if (code === POINT && scale === 0 && at > start) scale = 1;
    else return NaN;
  }
  if (at === start || scale === 1) return NaN;
  // Doubles hold these exactly.
  if (digits < 2 ** 53 && scale <= 1e22) return (isNegative ? -digits : digits) / (scale || 1);
  const value = Number(text);
  return Number.isFinite(value) ? value : NaN;
}
