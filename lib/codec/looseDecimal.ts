import * as t from 'io-ts';
import { Decimal } from './decimal.js';
import { DecimalText } from './decimalText.js';
import { REFUSED, FastType } from './fastType.js';

/** The text of a JSON number: the shortest plain decimal that reads back the same. Anything else as it is. */
export const numberAsText = (u: unknown): unknown =>
  typeof u === 'number' && Number.isFinite(u) ? Decimal.encode(u) : u;

/** A decimal as exact text, for venues that write the same field as a text here and as a JSON number there. */
export const LooseDecimal = new FastType<string, string>(
  'LooseDecimal',
  DecimalText.is,
  // The text of a number is a decimal: to read it again would take as long as making it.
  (u) => {
    if (typeof u === 'number') return Number.isFinite(u) ? Decimal.encode(u) : REFUSED;
    return DecimalText.is(u) ? u : REFUSED;
  },
  t.identity,
);
