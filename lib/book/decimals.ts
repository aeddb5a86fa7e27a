/** A decimal number as an integer and where its point stands: `units` × 10^-`scale`. */
interface Scaled {
  readonly units: bigint;
  readonly scale: number;
}

const DECIMAL = /^(-?\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i;
const UNSIGNED = /^\d+(\.\d+)?$/;

function scaled(text: string): Scaled {
  const [, whole, fraction = '', exponent] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`no decimal: ${text.slice(0, 50)}`);
  return { units: BigInt(whole + fraction), scale: fraction.length - Number(exponent ?? 0) };
}

const at = ({ units, scale }: Scaled, wanted: number): bigint => units * 10n ** BigInt(wanted - scale);

const textOf = ({ units, scale }: Scaled): string =>
  units < 0n ? `-${withPoint(String(-units), scale)}` : withPoint(String(units), scale);

/** @param scale How many of the digits are decimals. */
function withPoint(figures: string, scale: number): string {
  if (scale === 0) return figures;
  const digits = figures.padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The same with its digits in a double, which holds them exactly. */
interface Short {
  readonly units: number;
  readonly scale: number;
}

const POINT = 46;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
/** A decimal of so many characters is short. */
const SHORT = 15;
/** Below this, sums of two whole numbers are exact in doubles. */
const EXACT = 2 ** 52;
const POWERS: readonly number[] = [1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];

/** A decimal as it mostly is; `undefined` for one that is longer, or not as plain as digits with a point. */
function shortOf(text: string): Short | undefined {
  const { length } = text;
  const isNegative = text.charCodeAt(0) === MINUS;
  const start = isNegative ? 1 : 0;
  if (length > SHORT || length === start) return undefined;
  let units = 0;
  let point = length;
  for (let at = start; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) units = units * 10 + (code - ZERO);
    else if (code === POINT && point === length && at > start && at < length - 1) point = at;
    else return undefined;
  }
  // There is no zero below zero.
  return { units: isNegative ? 0 - units : units, scale: Math.max(0, length - point - 1) };
}

/** `a` + `sign` × `b` without `BigInt`, which takes ten times as long; `undefined` where doubles do not hold it all. */
function shortSum(a: string, b: string, sign: 1 | -1): Short | undefined {
  const x = shortOf(a);
  const y = x && shortOf(b);
  if (x === undefined || y === undefined) return undefined;
  const scale = Math.max(x.scale, y.scale);
  const first = x.units * (POWERS[scale - x.scale] ?? NaN);
  const second = y.units * (POWERS[scale - y.scale] ?? NaN);
  const isExact = Math.abs(first) < EXACT && Math.abs(second) < EXACT;
  return isExact ? { units: first + sign * second, scale } : undefined;
}

function sumText(a: string, b: string, sign: 1 | -1): string {
  const short = shortSum(a, b, sign);
  if (short === undefined) return textOf(sum(scaled(a), scaled(b), sign === 1 ? 1n : -1n));
  const { units, scale } = short;
  return units < 0 ? `-${withPoint(String(-units), scale)}` : withPoint(String(units), scale);
}

/**
 * The exact sum of two decimal texts, with as many decimals as the longer of them has: `0.10` and `0.2` make `0.30`.
 *
 * @throws RangeError when one of them spells no decimal number. So do the others here.
 */
export function addDecimals(a: string, b: string): string {
  return sumText(a, b, 1);
}

/** The exact sum of any number of decimal texts, `0` of none. */
export function sumDecimals(texts: readonly string[]): string {
  return texts.reduce(addDecimals, '0');
}

/** The exact difference `a` − `b`, with as many decimals as the longer of them has. */
export function subtractDecimals(a: string, b: string): string {
  return sumText(a, b, -1);
}

/** The exact product of two decimal texts, with the decimals of both. */
export function multiplyDecimals(a: string, b: string): string {
  const [x, y] = [scaled(a), scaled(b)];
  const product = { units: x.units * y.units, scale: x.scale + y.scale };
  const scale = Math.max(product.scale, 0);
  return textOf({ units: at(product, scale), scale });
}

/** The double nearest to `a` ÷ `b`; NaN when `b` is 0. */
export function quotientOf(a: string, b: string): number {
  const [x, y] = [scaled(a), scaled(b)];
  if (y.units === 0n) return NaN;
  // More digits than any double can tell apart, and one behind them that says whether there would have been more.
  const digits = Math.max(0, String(y.units).length - String(x.units).length) + 40;
  const units = x.units * 10n ** BigInt(digits);
  const rest = units % y.units === 0n ? '' : '1';
  return Number(`${units / y.units}${rest}e${y.scale - x.scale - digits - rest.length}`);
}

function sum(x: Scaled, y: Scaled, sign = 1n): Scaled {
  const scale = Math.max(x.scale, y.scale, 0);
  return { units: at(x, scale) + sign * at(y, scale), scale };
}

/**
 * Compares two decimal texts (`-1.50`, `1e-7`) as the numbers they spell, however many digits they have: negative when
 * `a` is less, 0 when they are the same number, positive when `a` is greater.
 */
export function compareDecimals(a: string, b: string): number {
  if (a === b) return 0;
  // Digit stands below digit, as in neighbours of one book: their order is that of the texts.
  if (a.length === b.length && a.indexOf('.') === b.indexOf('.') && UNSIGNED.test(a) && UNSIGNED.test(b)) {
    return a < b ? -1 : 1;
  }
  return Number(sum(scaled(a), scaled(b), -1n).units);
}

/** The double nearest to `a` − `b`. */
export function distanceOf(a: string, b: string): number {
  return numberOf(sum(scaled(a), scaled(b), -1n));
}

/** The double nearest to the number in the middle between two decimal texts. */
export function middleOf(a: string, b: string): number {
  // Halving a double loses nothing.
  return numberOf(sum(scaled(a), scaled(b))) / 2;
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
  const scale = Math.max(x.scale, s.scale, 0);
  const [units, width] = [at(x, scale), at(s, scale)];
  // BigInt division cuts towards 0, so the sign of the rest tells which way is missing.
  const kept = Math.max(s.scale, 0);
  return textOf({ units: round(units / width, units % width) * at(s, kept), scale: kept });
}
