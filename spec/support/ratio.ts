/** A fraction of whole numbers: what figures are held against that are said to be exact. The denominator is above 0. */
export type Ratio = readonly [over: bigint, under: bigint];

/** A decimal text. */
export function ratio(text: string): Ratio {
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '') throw new RangeError(`no decimal: "${text}"`);
  return [BigInt(sign + whole + rest), 10n ** BigInt(rest.length)];
}

export const plus = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * d + c * b, b * d];
export const minus = (a: Ratio, [c, d]: Ratio): Ratio => plus(a, [-c, d]);
export const times = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * c, b * d];
export const over = ([a, b]: Ratio, [c, d]: Ratio): Ratio => (c < 0n ? [-a * d, -b * c] : [a * d, b * c]);
export const isSame = ([a, b]: Ratio, [c, d]: Ratio): boolean => a * d === c * b;
export const isLess = ([a, b]: Ratio, [c, d]: Ratio): boolean => a * d < c * b;
export const least = (a: Ratio, b: Ratio): Ratio => (isLess(b, a) ? b : a);

/** Just what a double is. */
export function ofDouble(value: number): Ratio {
  let exponent = 0n;
  let mantissa = value;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent += 1n;
  }
  return [BigInt(mantissa), 2n ** exponent];
}

/** Whether no other double is nearer. */
export function isNearest(value: number, exact: Ratio): boolean {
  if (!Number.isFinite(value)) return false;
  const apart = (other: number): Ratio => {
    const [difference, under] = minus(ofDouble(other), exact);
    return [difference < 0n ? -difference : difference, under];
  };
  return [neighbour(value, 1n), neighbour(value, -1n)].every((other) => !isLess(apart(other), apart(value)));
}

/** The next double towards or away from 0. */
function neighbour(value: number, by: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  if (value === 0) return by > 0n ? Number.MIN_VALUE : -Number.MIN_VALUE;
  view.setBigInt64(0, bits + by);
  return view.getFloat64(0);
}
