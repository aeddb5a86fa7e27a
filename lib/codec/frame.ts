import * as t from 'io-ts';

/** The fields of a frame under the venue's own keys. */
export type Fields = Readonly<Record<string, t.Mixed>>;
type Values = Record<string, unknown>;

export type Decoded<F extends Fields> = { readonly [K in keyof F]: t.TypeOf<F[K]> };
export type Encoded<F extends Fields> = { readonly [K in keyof F]: t.OutputOf<F[K]> };
type Perhaps<T> = { readonly [K in keyof T]?: T[K] | undefined };

/**
 * The codec of an object that a venue sends. Decodes, refuses and tells the path of the first error as `t.type` does: a value
 * in which nothing changes is returned itself, and keys that are not named stay as they are, since venues add some without
 * notice.
 *
 * On the way of every frame: a codec that encodes by identity is only asked whether it knows the value, and there are
 * no contexts (the paths of errors) before there is an error. Of a refused frame the first wrong field is told.
 *
 * @param fields What must be there.
 * @param optional What may be absent.
 */
export function frame<F extends Fields>(name: string, fields: F): t.Type<Decoded<F>, Encoded<F>>;
export function frame<F extends Fields, P extends Fields>(
  name: string,
  fields: F,
  optional: P,
): t.Type<Decoded<F> & Perhaps<Decoded<P>>, Encoded<F> & Perhaps<Encoded<P>>>;
export function frame(name: string, fields: Fields, optional: Fields = {}): t.Type<Values, Values> {
  const codecs: Fields = { ...optional, ...fields };
  const keys = Object.keys(codecs);
  const list = Object.values(codecs);
  // What such a codec knows, it decodes to itself: decoding what was encoded gives the value back.
  const isPlain = list.map(({ encode }) => encode === t.identity);
  const isAbsent = (value: unknown, key: string): boolean => value === undefined && !Object.hasOwn(fields, key);

  return new t.Type(
    name,
    (u): u is Values => isRecord(u) && keys.every((key, i) => isAbsent(u[key], key) || (list[i] as t.Mixed).is(u[key])),
    (u, context) => {
      if (!isRecord(u)) return t.failure(u, context);
      let values = u;
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as string;
        const codec = list[i] as t.Mixed;
        const value = u[key];
        if ((isPlain[i] === true && codec.is(value)) || isAbsent(value, key)) continue;
        const result = codec.validate(value, context);
        // Once more to say where.
        if (result._tag === 'Left')
          return codec.validate(value, t.appendContext(context, key, codec, value)) as t.Validation<never>;
        if (result.right === value) continue;
        if (values === u) values = { ...u };
        values[key] = result.right;
      }
      return t.success(values);
    },
    (decoded) => {
      const values = { ...decoded };
      keys.forEach((key, i) => {
        if (!isAbsent(decoded[key], key)) values[key] = (list[i] as t.Mixed).encode(decoded[key]);
      });
      return values;
    },
  );
}

function isRecord(u: unknown): u is Values {
  return typeof u === 'object' && u !== null && !Array.isArray(u);
}
