import * as t from 'io-ts';

const DIGITS = /^\d{1,16}$/;

/** A time in ms since 1970, written as a text: `"1652459225464"`. */
export const MillisText = new t.Type<number, string>(
  'MillisText',
  t.number.is,
  (u, c) => (typeof u === 'string' && DIGITS.test(u) ? t.success(Number(u)) : t.failure(u, c)),
  String,
);
