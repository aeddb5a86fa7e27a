import * as t from 'io-ts';
import { copierOf } from './copier.js';
import { REFUSED, type TryDecode } from './fastType.js';
import { type Decoded, type Encoded, type Field, type Fields, type Values, frameReadBy } from './frame.js';

type Perhaps<T> = { readonly [K in keyof T]?: T[K] | undefined };

/**
 * What {@link frame} is, for frames that tell what has changed: of many fields that there may be they have a few, so that what
 * is there is looked at, and not what there may be.
 */
export function changeFrame<F extends Fields, P extends Fields>(
  name: string,
  fields: F,
  optional: P,
): t.Type<Decoded<F> & Perhaps<Decoded<P>>, Encoded<F> & Perhaps<Encoded<P>>>;
export function changeFrame(name: string, fields: Fields, optional: Fields): t.Type<Values, Values> {
  return frameReadBy(keyByKey, name, fields, optional);
}

/** Fields that must be there are of codecs that refuse `undefined`. */
function keyByKey(all: readonly Field[]): TryDecode<Values> {
  const byKey = new Map(all.map((field) => [field.key, field]));
  const required = all.filter(({ isOptional }) => !isOptional).map(({ key }) => key);
  const copy = copierOf([...byKey.keys()]);
  return (u) => {
    if (!t.UnknownRecord.is(u)) return REFUSED;
    for (const key of required) if (u[key] === undefined) return REFUSED;
    let values: Values = u;
    for (const key in u) {
      const field = byKey.get(key);
      const value = u[key];
      if (field === undefined || value === undefined || field.is?.(value) === true) continue;
      const decoded = field.tryDecode(value);
      if (decoded === REFUSED) return REFUSED;
      if (decoded === value) continue;
      if (values === u) values = copy(u);
      values[key] = decoded;
    }
    return values;
  };
}
