const EXPONENT = /^(-?)(\d{1,400})(?:\.(\d{1,400}))?[eE]([+-]?\d{1,3})$/;
/** No double reaches beyond it, in either direction. */
const FARTHEST = 400;

/**
 * The plain text of a decimal that is written with an exponent, digit for digit: `1E-05` is `0.00001`, `-1.50e2` is
 * `-150`. `undefined` for what is none, or too far from 1.
 */
export function plainOf(text: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', exponent] = EXPONENT.exec(text.slice(0, 1_000)) ?? [];
  const shift = Number(exponent);
  if (exponent === undefined || Math.abs(shift) > FARTHEST) return undefined;
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(1, point);
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const after = padded.slice(at);
  return `${sign}${before}${after === '' ? '' : `.${after}`}`;
}
