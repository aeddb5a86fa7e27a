import * as t from 'io-ts';
import { copierOf } from './copier.js';
import { REFUSED, type TryDecode, FastType, keptBy, tryDecodeOf } from './fastType.js';

/** The fields of a frame under the venue's own keys. */
export type Fields = Readonly<Record<string, t.Mixed>>;
export type Values = Record<string, unknown>;

/** What such a frame decodes to. */
export type Decoded<F extends Fields> = { readonly [K in keyof F]: t.TypeOf<F[K]> };
/** What it was encoded as. */
export type Encoded<F extends Fields> = { readonly [K in keyof F]: t.OutputOf<F[K]> };
type Perhaps<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** A codec that knows which fields it reads. */
export class FrameType extends FastType<Values, Values> {
  constructor(
    readonly fields: readonly Field[],
    ...codec: ConstructorParameters<typeof FastType<Values, Values>>
  ) {
    super(...codec);
  }
}

/** A field of a frame, and how it is read. */
export interface Field {
  readonly key: string;
  readonly codec: t.Mixed;
  readonly isOptional: boolean;
  /** Whether it knows what it decodes to itself; `undefined` where it makes something else of it. */
  readonly is: ((u: unknown) => boolean) | undefined;
  readonly tryDecode: TryDecode<unknown>;
}

/**
 * The codec of an object that a venue sends. Decodes, refuses and tells the path of the first error as `t.type` does: a value
 * in which nothing changes is returned itself, and keys that are not named stay as they are, since venues add some without
 * notice.
 *
 * On the way of every frame: a codec that encodes by identity is only asked whether it knows the value, and there are
 * no contexts (the paths of errors) before there is an error. Of a refused frame the first wrong field is told.
 *
 * @param fields What must be there; what may be absent stands behind it.
 */
export function frame<F extends Fields>(name: string, fields: F): t.Type<Decoded<F>, Encoded<F>>;
export function frame<F extends Fields, P extends Fields>(
  name: string,
  fields: F,
  optional: P,
): t.Type<Decoded<F> & Perhaps<Decoded<P>>, Encoded<F> & Perhaps<Encoded<P>>>;
export function frame(name: string, fields: Fields, optional: Fields = {}): t.Type<Values, Values> {
  return frameReadBy(fieldByField, name, fields, optional);
}

/** The same by another way of reading it, which comes to the same. */
export function frameReadBy(
  reading: (fields: readonly Field[]) => TryDecode<Values>,
  name: string,
  fields: Fields,
  optional: Fields,
): t.Type<Values, Values> {
  const whole = t.intersection([t.type(fields), t.partial(optional)]);
  const all = Object.entries({ ...optional, ...fields }).map(([key, codec]): Field => ({
    key,
    codec,
    isOptional: key in optional,
    is: keptBy(codec),
    tryDecode: tryDecodeOf(codec),
  }));
  const tryDecode = reading(all);
  return new FrameType(all, name, whole.is, tryDecode, whole.encode, (u, context) => {
    const values = tryDecode(u);
    return values === REFUSED ? refusal(u, all, context) : t.success(values);
  });
}

/** By index, and with one look at each field: this is where most of the time of a frame goes that is not of levels. */
function fieldByField(all: readonly Field[]): TryDecode<Values> {
  const keys = all.map(({ key }) => key);
  const known = all.map(({ is }) => is);
  const tries = all.map((field) => field.tryDecode);
  const optional = all.map(({ isOptional }) => isOptional);
  const copy = copierOf(keys);
  return (u) => {
    if (!t.UnknownRecord.is(u)) return REFUSED;
    let values: Values = u;
    for (let i = 0; i < keys.length; i += 1) {
      const key = keys[i] as string;
      const value = u[key];
      if ((value === undefined && optional[i] === true) || known[i]?.(value) === true) continue;
      const decoded = (tries[i] as TryDecode<unknown>)(value);
      if (decoded === REFUSED) return REFUSED;
      if (decoded === value) continue;
      if (values === u) values = copy(u);
      values[key] = decoded;
    }
    return values;
  };
}

/** Why it was refused: the first field that can't be read, once more to say where. */
function refusal(u: unknown, all: readonly Field[], context: t.Context): t.Validation<never> {
  if (!t.UnknownRecord.is(u)) return t.failure(u, context);
  for (const { key, codec, isOptional, tryDecode } of all) {
    const value = u[key];
    if ((isOptional && value === undefined) || tryDecode(value) !== REFUSED) continue;
    return codec.validate(value, t.appendContext(context, key, codec, value)) as t.Validation<never>;
  }
  return t.failure(u, context);
}
