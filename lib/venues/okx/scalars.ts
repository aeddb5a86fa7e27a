import * as t from 'io-ts';
import { decimalOf } from '../../codec/decimalOf.js';
import { REFUSED, FastType } from '../../codec/fastType.js';

const DIGITS = /^\d{1,16}$/;

/** A time in ms since 1970, written as a text: `"1652459225464"`. */
export const MillisText = new FastType<number, string>(
  'MillisText',
  t.number.is,
  (u) => (typeof u === 'string' && DIGITS.test(u) ? decimalOf(u) : REFUSED),
  String,
);
