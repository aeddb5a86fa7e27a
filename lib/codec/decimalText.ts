import * as t from 'io-ts';
import { decimalOf } from './decimal.js';

/** A decimal that is kept as the venue wrote it, digit for digit. Refuses what `Decimal` refuses. */
export const DecimalText = new t.Type<string, string>(
  'DecimalText',
  isDecimalText,
  (u, c) => (isDecimalText(u) ? t.success(u) : t.failure(u, c)),
  t.identity,
);

function isDecimalText(u: unknown): u is string {
  return typeof u === 'string' && !Number.isNaN(decimalOf(u));
}
