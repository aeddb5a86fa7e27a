import * as t from 'io-ts';
import { decimalOf } from './decimalOf.js';
import { REFUSED, FastType } from './fastType.js';

/** A number without an exponent, as decimal texts have none. */
function textOf(value: number): string {
  const text = `${value}`;
  const isPlain = value < 0 ? value > -1e21 && value <= -1e-6 : value < 1e21 && (value >= 1e-6 || value === 0);
  if (isPlain) return text;
  const [, sign = '', first = '', rest = '', exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const shift = Number(exponent);
  const digits = shift < 0 ? `0.${'0'.repeat(-1 - shift)}${first}${rest}` : first + rest.padEnd(shift, '0');
  return sign + digits;
}

/** Price or size as venues send it: `"101.50"` ⇄ `101.5`. Refuses what {@link decimalOf} refuses. */
export const Decimal = new FastType<number, string>(
  'Decimal',
  t.number.is,
  (u) => {
    const value = decimalOf(u);
    return Number.isNaN(value) ? REFUSED : value;
  },
  textOf,
);
