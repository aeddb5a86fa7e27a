import type * as t from 'io-ts';
import { type Decoded, type Encoded, type Fields, frame } from './frame.js';
import { FastType, tryDecodeOf } from './fastType.js';

/**
 * The codec of an object that a venue sends as the list of its values, in the order of `fields`: `["1652459220","1.5",…]`.
 * What follows them in the list is passed over. Errors name the field.
 */
export function keyedRow<F extends Fields>(name: string, fields: F): t.Type<Decoded<F>, readonly unknown[]> {
  const keys = Object.keys(fields);
  const whole: t.Type<Decoded<F>, Encoded<F>> = frame(name, fields);
  const tryDecode = tryDecodeOf(whole);
  const keyed = (row: unknown): object | undefined => {
    if (!Array.isArray(row)) return undefined;
    // By index: lists of entries take five times as long.
    const values: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i += 1) values[keys[i] as string] = (row as readonly unknown[])[i];
    return values;
  };
  return new FastType<Decoded<F>, readonly unknown[]>(
    name,
    whole.is,
    (u) => tryDecode(keyed(u)),
    (value) => {
      const encoded: Readonly<Record<string, unknown>> = whole.encode(value);
      return keys.map((key) => encoded[key]);
    },
    (u, c) => whole.validate(keyed(u), c),
  );
}
