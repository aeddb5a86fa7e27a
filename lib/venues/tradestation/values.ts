import * as t from 'io-ts';
import { Decimal } from '../../codec/decimal.js';
import { DecimalText } from '../../codec/decimalText.js';

const textOf = (u: unknown): unknown => (typeof u === 'number' && Number.isFinite(u) ? Decimal.encode(u) : u);

/** A decimal as text. As a JSON number too, as v2 and sizes of options have it: its text is the shortest that reads back. */
export const LooseDecimal = new t.Type<string, string>(
  'LooseDecimal',
  DecimalText.is,
  (u, c) => (DecimalText.is(textOf(u)) ? t.success(String(textOf(u))) : t.failure(u, c)),
  t.identity,
);

/** What may be absent or `null`; `null` reads as absent, which in a change means unchanged. */
export function orNone<A, O>(codec: t.Type<A, O>): t.Type<A | undefined, O | undefined> {
  return new t.Type<A | undefined, O | undefined>(
    codec.name,
    (u): u is A | undefined => u === undefined || codec.is(u),
    (u, c) => (u === null || u === undefined ? t.success(undefined) : codec.validate(u, c)),
    (a) => (a === undefined ? undefined : codec.encode(a)),
  );
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const isTime = (u: unknown): u is string => typeof u === 'string' && TIME.test(u) && !Number.isNaN(Date.parse(u));

/** A time as RFC 3339 text. */
export const TimeText = new t.Type<string, string>(
  'TimeText',
  isTime,
  (u, c) => (isTime(u) ? t.success(u) : t.failure(u, c)),
  t.identity,
);

/** In ms. Reads a text; no clock is asked. */
export const timeOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);

/** Fields that are all optional, and may all be `null`. */
export const optional = <K extends string, A, O>(
  names: readonly K[],
  codec: t.Type<A, O>,
): Readonly<Record<NoInfer<K>, t.Type<A | undefined, O | undefined>>> => {
  const perhaps = orNone(codec);
  return Object.fromEntries(names.map((name) => [name, perhaps])) as Record<K, typeof perhaps>;
};

/** Leaves out what is not told, so that what is laid over something else hides nothing. */
export function told<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>;
}

export const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);
