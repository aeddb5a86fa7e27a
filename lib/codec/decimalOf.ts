const PLAIN = /^-?\d+(\.\d+)?$/;

/**
 * What a plain decimal text (`-12.50`) spells; `NaN` for whatever is none: `""`, `" 1"`, `"+1"`, `"1."`, `".5"`, `"0x10"`,
 * `"1e5"`, `"Infinity"`, more digits than a double can reach, and what is no text.
 */
export function decimalOf(text: unknown): number {
  const value = typeof text === 'string' && PLAIN.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : NaN;
}
