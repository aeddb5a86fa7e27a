import * as t from 'io-ts';
import { REFUSED, FastType } from '../../codec/fastType.js';

/**
 * A value of an event. What the venue has no value for becomes `undefined`: `null`, and the sentinels of each kind.
 * What is known already decodes to itself, so that a row in which nothing changes is not copied.
 */
function value<A>(
  name: string,
  is: (u: unknown) => u is A,
  read: (u: unknown) => A | undefined,
): t.Type<A | undefined, unknown> {
  return new FastType<A | undefined, unknown>(
    name,
    (u): u is A | undefined => u === undefined || is(u),
    (u) => {
      if (u === undefined || u === null) return undefined;
      if (is(u)) return u;
      const result = read(u);
      return result === undefined && !isNothing(u) ? REFUSED : result;
    },
    t.identity,
  );
}

/** `asyncapi.yml`, JSONDouble: what JSON has no number for is told as a text. NaN is "no value", never zero. */
const NOTHING: readonly unknown[] = ['NaN', 'Infinity', '-Infinity', '\u0000', '', 'UNDEFINED', 0];
const isNothing = (u: unknown): boolean =>
  NOTHING.includes(typeof u === 'string' && /^undefined$/i.test(u) ? 'UNDEFINED' : u);

const isFinite = (u: unknown): u is number => typeof u === 'number' && Number.isFinite(u);
const isDigits = (u: unknown): u is string => typeof u === 'string' && /^-?\d+$/.test(u);
/** Whole numbers beyond 2^53 are read as texts of their digits; as a double they are what the venue meant. */
const digits = (u: unknown): number | undefined => (isDigits(u) ? Number(u) : undefined);

/** A double, or nothing: `"NaN"` and the infinities are no values. 0 is one. */
export const Double = value<number>('Double', isFinite, (u) => (u === '' ? undefined : digits(u)));

/** A number of something: whole as a rule, in exponent form at times. */
export const Count = value<number>('Count', isFinite, digits);

/** A time in ms since 1970. 0 stands for none (`bidTime` over tastytrade, for instance). */
export const Time = value<number>('Time', (u): u is number => isFinite(u) && u !== 0, digits);

/** One character: an exchange code. NUL is that of a composite record, which is none. */
export const Char = value<string>(
  'Char',
  (u): u is string => typeof u === 'string' && u !== '\u0000' && u !== '',
  () => undefined,
);

/** One of a few words, in upper case whatever the venue writes. `UNDEFINED` is none. */
export const Word = value<string>(
  'Word',
  (u): u is string => typeof u === 'string' && u !== 'UNDEFINED' && /^[^a-z]+$/.test(u),
  (u) => (typeof u === 'string' && u !== '' && u.toUpperCase() !== 'UNDEFINED' ? u.toUpperCase() : undefined),
);

const isSide = (u: unknown): u is 'BUY' | 'SELL' => u === 'BUY' || u === 'SELL';

/** The side of an order, in upper case whatever the venue writes: an order of another is neither bid nor ask. */
export const Side = value<'BUY' | 'SELL'>('Side', isSide, (u) => {
  const word = typeof u === 'string' ? u.toUpperCase() : u;
  return isSide(word) ? word : undefined;
});

/** Any text, the empty one too. */
export const Words = value<string>(
  'Words',
  (u): u is string => typeof u === 'string',
  () => undefined,
);

export const Flag = value<boolean>(
  'Flag',
  (u): u is boolean => typeof u === 'boolean',
  () => undefined,
);

/** A 64-bit index as text of its digits: beyond 2^53 doubles give different rows the same number. */
export const Index = value<string>('Index', isDigits, (u) => (Number.isSafeInteger(u) ? String(u) : undefined));

/** Whatever the venue hangs on. */
export const Attachment = t.unknown;
