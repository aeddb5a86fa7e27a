import * as t from 'io-ts';
import { Decimal, decimalOf } from '../../codec/decimal.js';

const isAmount = (u: unknown): u is string => typeof u === 'string' && !Number.isNaN(decimalOf(u));

/** A decimal as exact text. Quantities come as numbers or as texts, money as text; each may come as the other. */
export const Amount = new t.Type<string, string, unknown>(
  'Amount',
  isAmount,
  (u, c) => {
    const text = typeof u === 'number' && Number.isFinite(u) ? Decimal.encode(u) : u;
    return isAmount(text) ? t.success(text) : t.failure(u, c);
  },
  t.identity,
);

const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)$/;
const MILLIS = /^\d{1,15}$/;

const isTime = (u: unknown): u is number => typeof u === 'number' && Number.isFinite(u) && u >= 0;

/** Times are ISO texts with an offset, without its colon in order chains; `updated-at` of an order is a number of ms. */
const timeOf = (u: unknown): unknown => {
  if (typeof u !== 'string') return u;
  if (MILLIS.test(u)) return Number(u);
  const [, time, offset] = ISO.exec(u) ?? [];
  if (time === undefined || offset === undefined) return NaN;
  return Date.parse(time + (offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset));
};

/** A time in ms since 1970, however it is written. */
export const Instant = new t.Type<number, number, unknown>(
  'Instant',
  isTime,
  (u, c) => {
    const time = timeOf(u);
    return isTime(time) ? t.success(time) : t.failure(u, c);
  },
  t.identity,
);

/** Absent and `null` are one thing: stream frames leave a key out, some answers say `null`. */
export const perhaps = <A, O>(codec: t.Type<A, O>): t.Type<A | undefined, O | undefined> =>
  new t.Type(
    codec.name,
    (u): u is A | undefined => u === undefined || codec.is(u),
    (u, c) => (u === null || u === undefined ? t.success(undefined) : codec.validate(u, c)),
    (value) => (value === undefined ? undefined : codec.encode(value)),
  );
