import * as t from 'io-ts';
import { type Decoded, type Encoded, type Fields, frame } from './frame.js';

/**
 * The codec of an object that a venue sends as the list of its values, in the order of `fields`: `["1652459220","1.5",…]`.
 * What follows them in the list is passed over. Errors name the field.
 */
export function keyedRow<F extends Fields>(name: string, fields: F): t.Type<Decoded<F>, readonly unknown[]> {
  const keys = Object.keys(fields);
  const whole: t.Type<Decoded<F>, Encoded<F>> = frame(name, fields);
  const keyed = (row: readonly unknown[]): object => Object.fromEntries(keys.map((key, i) => [key, row[i]]));
  return new t.Type<Decoded<F>, readonly unknown[]>(
    name,
    whole.is,
    (u, c) => whole.validate(Array.isArray(u) ? keyed(u) : undefined, c),
    (value) => {
      const encoded: Readonly<Record<string, unknown>> = whole.encode(value);
      return keys.map((key) => encoded[key]);
    },
  );
}
