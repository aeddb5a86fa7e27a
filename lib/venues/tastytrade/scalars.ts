import * as t from 'io-ts';
import { REFUSED, FastType } from '../../codec/fastType.js';

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
export const Instant = new FastType<number, number>(
  'Instant',
  isTime,
  (u) => {
    const time = timeOf(u);
    return isTime(time) ? time : REFUSED;
  },
  t.identity,
);
