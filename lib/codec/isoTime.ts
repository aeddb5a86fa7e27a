import * as t from 'io-ts';

const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?Z$/;

/** A time in UTC to ms since 1970 with a fraction, as far as a double goes: `"2026-08-12T19:28:44.084233010Z"`. */
export const IsoTime = new t.Type<number, string>(
  'IsoTime',
  t.number.is,
  (u, c) => {
    const [, seconds, fraction = ''] = typeof u === 'string' ? (ISO.exec(u) ?? []) : [];
    const at = seconds === undefined ? NaN : Date.parse(`${seconds}Z`) + Number(`0${fraction}`) * 1_000;
    return Number.isNaN(at) ? t.failure(u, c) : t.success(at);
  },
  (at) => new Date(at).toISOString(),
);

/** A time that means something: venues write the year 1 or 1970 where they have none. */
export const timeIfAny = (at: number | undefined): number | undefined => (at !== undefined && at > 0 ? at : undefined);
