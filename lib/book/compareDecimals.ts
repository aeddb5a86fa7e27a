const ZERO = 48;
const NINE = 57;

/** One decimal number, taken apart: 0.d1d2d3… × 10^point, without zeros at either end. */
interface Parts {
  /** -1, 0 or 1. */
  readonly sign: number;
  readonly point: number;
  readonly digits: string;
}

function partsOf(text: string): Parts {
  const negative = text.startsWith('-');
  const at = text.search(/e/i);
  const mantissa = text.slice(negative ? 1 : 0, at < 0 ? text.length : at);
  const exponent = at < 0 ? 0 : Number(text.slice(at + 1));
  const dot = mantissa.indexOf('.');
  const whole = dot < 0 ? mantissa : mantissa.slice(0, dot);
  const all = dot < 0 ? mantissa : whole + mantissa.slice(dot + 1);
  const first = all.search(/[1-9]/);
  if (first < 0) return { sign: 0, point: 0, digits: '' };
  let end = all.length;
  while (all.charCodeAt(end - 1) === ZERO) end--;
  return { sign: negative ? -1 : 1, point: whole.length - first + exponent, digits: all.slice(first, end) };
}

/**
 * Compares two decimal texts (`-1.50`, `1e-7`) as the numbers they spell, however many digits they have: negative when
 * `a` is less, 0 when they are the same number, positive when `a` is greater.
 */
export function compareDecimals(a: string, b: string): number {
  if (a === b) return 0;
  const x = partsOf(a);
  const y = partsOf(b);
  if (x.sign !== y.sign) return x.sign - y.sign;
  if (x.point !== y.point) return x.sign * (x.point - y.point);
  if (x.digits === y.digits) return 0;
  return x.digits < y.digits ? -x.sign : x.sign;
}

/** Whether a decimal text spells 0. A double cannot tell: it is 0 for anything below 5e-324. */
export function isZeroDecimal(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > ZERO && code <= NINE) return false;
    // Past the mantissa: an exponent makes nothing of nothing.
    if (code > NINE) return true;
  }
  return true;
}
