/** A decimal number as an integer and where its point stands: `units` × 10^-`scale`. */
interface Scaled {
  readonly units: bigint;
  readonly scale: number;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

function scaled(text: string): Scaled {
  const [, sign, whole, fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  if (sign === undefined || whole === undefined) throw new RangeError(`not a decimal number: "${text.slice(0, 50)}"`);
  const units = BigInt(sign + whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale };
}

const at = ({ units, scale }: Scaled, wanted: number): bigint => units * 10n ** BigInt(wanted - scale);

function textOf({ units, scale }: Scaled): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  return (units < 0n ? '-' : '') + (scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`);
}

/**
 * The exact sum of two decimal texts, with as many decimals as the longer of them has: `0.10` and `0.2` make `0.30`.
 *
 * @throws RangeError when one of them spells no decimal number. So do the others here.
 */
export function addDecimals(a: string, b: string): string {
  return textOf(sum(scaled(a), scaled(b)));
}

/** The exact sum of any number of decimal texts, `0` of none. */
export function sumDecimals(texts: readonly string[]): string {
  return textOf(texts.reduce((total, text) => sum(total, scaled(text)), { units: 0n, scale: 0 }));
}

/** The exact difference `a` − `b`, with as many decimals as the longer of them has. */
export function subtractDecimals(a: string, b: string): string {
  return textOf(difference(a, b));
}

function difference(a: string, b: string): Scaled {
  const { units, scale } = scaled(b);
  return sum(scaled(a), { units: -units, scale });
}

function sum(x: Scaled, y: Scaled): Scaled {
  const scale = Math.max(x.scale, y.scale);
  return { units: at(x, scale) + at(y, scale), scale };
}

/**
 * Compares two decimal texts (`-1.50`, `1e-7`) as the numbers they spell, however many digits they have: negative when
 * `a` is less, 0 when they are the same number, positive when `a` is greater.
 */
export function compareDecimals(a: string, b: string): number {
  return a === b ? 0 : Number(difference(a, b).units);
}

/** The double nearest to `a` − `b`. */
export function distanceOf(a: string, b: string): number {
  return numberOf(difference(a, b));
}

/** The double nearest to the number in the middle between two decimal texts. */
export function middleOf(a: string, b: string): number {
  const { units, scale } = sum(scaled(a), scaled(b));
  return numberOf({ units: units * 5n, scale: scale + 1 });
}

const numberOf = ({ units, scale }: Scaled): number => Number(`${units}e-${scale}`);

/** The greatest multiple of `step` that is not above `value`, written with the decimals of `step`. */
export function floorToStep(value: string, step: string): string {
  return multiple(value, step, (quotient, rest) => (rest < 0n ? quotient - 1n : quotient));
}

/** The least multiple of `step` that is not below `value`, written with the decimals of `step`. */
export function ceilToStep(value: string, step: string): string {
  return multiple(value, step, (quotient, rest) => (rest > 0n ? quotient + 1n : quotient));
}

function multiple(value: string, step: string, round: (quotient: bigint, rest: bigint) => bigint): string {
  const [x, s] = [scaled(value), scaled(step)];
  if (s.units <= 0n) throw new RangeError(`a step must be above 0, not ${step}`);
  const scale = Math.max(x.scale, s.scale);
  const [units, width] = [at(x, scale), at(s, scale)];
  // BigInt division cuts towards 0, so the sign of the rest tells which way is missing.
  return textOf({ units: round(units / width, units % width) * s.units, scale: s.scale });
}
