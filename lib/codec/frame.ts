import * as t from 'io-ts';

/** The fields of a frame under the venue's own keys. */
export type Fields = Readonly<Record<string, t.Mixed>>;
type Values = Record<string, unknown>;

/** What such a frame decodes to. */
export type Decoded<F extends Fields> = { readonly [K in keyof F]: t.TypeOf<F[K]> };
/** What it was encoded as. */
export type Encoded<F extends Fields> = { readonly [K in keyof F]: t.OutputOf<F[K]> };
type Perhaps<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** A codec that knows which keys it reads. */
export class FrameType extends t.Type<Values, Values> {
  constructor(
    readonly keys: readonly string[],
    ...codec: ConstructorParameters<typeof t.Type<Values, Values>>
  ) {
    super(...codec);
  }
}

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
  const whole = t.intersection([t.type(fields), t.partial(optional)]);
  const codecs = Object.entries({ ...optional, ...fields }).map(([key, codec]) => ({
    key,
    codec,
    isOptional: key in optional,
    // What it knows it decodes to itself: decoding what was encoded gives the value back.
    isPlain: codec.encode === t.identity,
  }));
  return new FrameType(
    codecs.map(({ key }) => key),
    name,
    whole.is,
    (u, context) => {
      if (!t.UnknownRecord.is(u)) return t.failure(u, context);
      let values = u;
      for (const { key, codec, isOptional, isPlain } of codecs) {
        const value = u[key];
        if ((isOptional && value === undefined) || (isPlain && codec.is(value))) continue;
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
    whole.encode,
  );
}
