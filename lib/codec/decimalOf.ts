const PLAIN = /^-?\d+(\.\d+)?$/;

/**
 * So many characters a decimal may have: more than the digits of any double or of 256 bits, and few enough that exact
 * arithmetic with it, which takes the square of its length, is no work.
 */
export const LONGEST_DECIMAL = 1_000;

/**
 * What a plain decimal text (`-12.50`) spells; `NaN` for whatever is none: `""`, `" 1"`, `"+1"`, `"1."`, `".5"`, `"0x10"`,
 * `"1e5"`, `"Infinity"`, more digits than a double can reach, more than {@link LONGEST_DECIMAL}, and what is no text.
 */
export function decimalOf(text: unknown): number {
  const isDecimal = typeof text === 'string' && text.length <= LONGEST_DECIMAL && PLAIN.test(text);
  const value = isDecimal ? Number(text) : NaN;
  return Number.isFinite(value) ? value : NaN;
}
