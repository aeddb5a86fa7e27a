import * as t from 'io-ts';

/** Said of what can't be read, where nobody asks why. */
export const REFUSED = Symbol('refused');
/** The type of {@link REFUSED}. */
export type Refused = typeof REFUSED;

/** Reads a value, or refuses it without a word: {@link REFUSED}. */
export type TryDecode<A> = (u: unknown) => A | Refused;

type Keeps = ((u: unknown) => boolean) | undefined;

/**
 * A codec that can also read without telling why it refuses. What it reads is what it decodes to, and it refuses the same.
 * On the way of every frame: validating makes contexts (the paths of errors) and a result for each value on the way, which
 * cost more than the reading itself.
 */
export class FastType<A, O> extends t.Type<A, O> {
  /**
   * @param validate Default: by `tryDecode`.
   * @param keeps Which values it leaves as they are, where it knows by a look, though it changes others.
   */
  constructor(
    name: string,
    is: t.Is<A>,
    readonly tryDecode: TryDecode<A>,
    encode: t.Encode<A, O>,
    validate: t.Validate<unknown, A> = (u, c) => {
      const value = tryDecode(u);
      return value === REFUSED ? t.failure(u, c) : t.success(value);
    },
    readonly keeps?: Keeps,
  ) {
    super(name, is, validate, encode);
  }
}

/** Whether what the codec knows is what it decodes to: decoding what was encoded gives the value back. */
export const isPlain = (codec: t.Mixed): boolean => codec.encode === t.identity;

/** Which values a codec decodes to themselves, as far as a look tells; `undefined` where it does not. */
export function keptBy(codec: t.Mixed): Keeps {
  return codec instanceof FastType && codec.keeps !== undefined ? codec.keeps : isPlain(codec) ? codec.is : undefined;
}

/** The same of a codec behind one that takes `null` and the like, too, and makes something else of that. */
export const keptBehind = (codec: t.Mixed, ...others: readonly unknown[]): Keeps =>
  others.some(codec.is) ? undefined : keptBy(codec);

/** How a value is read by a codec, whatever kind of codec it is. */
export function tryDecodeOf<A>(codec: t.Decoder<unknown, A>): TryDecode<A> {
  if (codec instanceof FastType) return (codec as FastType<A, unknown>).tryDecode;
  const validated: TryDecode<A> = (u) => {
    const result = codec.validate(u, []);
    return result._tag === 'Left' ? REFUSED : result.right;
  };
  if (codec instanceof t.UnionType) return anyOf((codec.types as readonly t.Decoder<unknown, A>[]).map(tryDecodeOf));
  if (!(codec instanceof t.Type) || !isPlain(codec)) return validated;
  const { is } = codec as t.Type<A>;
  return (u) => (is(u) ? u : validated(u));
}

/** By the first that reads it. Of kinds with a tag each only one does, so that none needs to be looked for. */
const anyOf =
  <A>(branches: readonly TryDecode<A>[]): TryDecode<A> =>
  (u) => {
    for (const tryDecode of branches) {
      const value = tryDecode(u);
      if (value !== REFUSED) return value;
    }
    return REFUSED;
  };
