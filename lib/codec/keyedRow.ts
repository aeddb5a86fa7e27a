import type * as t from 'io-ts';
import { type Decoded, type Encoded, type Fields, frame } from './frame.js';
import { REFUSED, type Refused, type TryDecode, FastType, keptBy, tryDecodeOf } from './fastType.js';

/** A codec of such a list that knows its fields, in their order. */
export class KeyedRowType<A> extends FastType<A, readonly unknown[]> {
  constructor(
    readonly fields: readonly (readonly [string, t.Mixed])[],
    ...codec: ConstructorParameters<typeof FastType<A, readonly unknown[]>>
  ) {
    super(...codec);
  }
}

/**
 * The codec of an object that a venue sends as the list of its values, in the order of `fields`: `["1652459220","1.5",…]`.
 * What follows them in the list is passed over. Errors name the field.
 */
export function keyedRow<F extends Fields>(name: string, fields: F): t.Type<Decoded<F>, readonly unknown[]> {
  const keys = Object.keys(fields);
  const whole: t.Type<Decoded<F>, Encoded<F>> = frame(name, fields);
  const codecs = keys.map((key) => fields[key] as t.Mixed);
  const known = codecs.map(keptBy);
  const tries = codecs.map(tryDecodeOf);
  const keyed = (row: unknown): object | undefined => {
    if (!Array.isArray(row)) return undefined;
    // By index: lists of entries take five times as long.
    const values: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i += 1) values[keys[i] as string] = (row as readonly unknown[])[i];
    return values;
  };
  /** Cell by cell: a row that was named first would be looked at once more, and copied where anything in it changes. */
  const tryDecode = (u: unknown): Record<string, unknown> | Refused => {
    if (!Array.isArray(u)) return REFUSED;
    const row: readonly unknown[] = u;
    const values: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i += 1) {
      const cell = row[i];
      const decoded = known[i]?.(cell) === true ? cell : (tries[i] as TryDecode<unknown>)(cell);
      if (decoded === REFUSED) return REFUSED;
      values[keys[i] as string] = decoded;
    }
    return values;
  };
  return new KeyedRowType<Decoded<F>>(
    Object.entries(fields),
    name,
    whole.is,
    tryDecode as TryDecode<Decoded<F>>,
    (value) => {
      const encoded: Readonly<Record<string, unknown>> = whole.encode(value);
      return keys.map((key) => encoded[key]);
    },
    (u, c) => whole.validate(keyed(u), c),
  );
}
