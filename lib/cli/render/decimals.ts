import Big from 'big.js';

/** A decimal without exponent and without zeros at its end: `"0.10"` → `"0.1"`, `"1e-7"` → `"0.0000001"`. */
export function plainDecimal(text: string): string {
  if (/[eE+]/.test(text)) return new Big(text).toFixed();
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** How many decimals are left once the zeros at the end are gone. */
export function decimalsOf(text: string): number {
  const plain = plainDecimal(text);
  const point = plain.indexOf('.');
  return point < 0 ? 0 : plain.length - point - 1;
}

/** The same number with exactly so many decimals where it has no more, for columns. Rounds nothing. */
export function withDecimals(text: string, decimals: number): string {
  const plain = plainDecimal(text);
  const missing = decimals - decimalsOf(plain);
  if (missing <= 0) return plain;
  return `${plain}${plain.includes('.') ? '' : '.'}${'0'.repeat(missing)}`;
}
