import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { type Fields, frame } from '../../codec/frame.js';
import type { JsonObject } from '../../codec/jsonObject.js';
import { LooseDecimal } from '../../codec/looseDecimal.js';
import { orNone } from '../../codec/orNone.js';
import { Id, Text } from '../../codec/scalars.js';
import { Instant } from './scalars.js';

/** The venue's keys by what they hold. */
export interface Keys {
  /** Numbers or texts that name something: texts here. */
  readonly ids?: readonly string[];
  readonly texts?: readonly string[];
  readonly flags?: readonly string[];
  /** Decimals: numbers here, with the exact text beside them. Signed by `<key>-effect` where that is there. */
  readonly amounts?: readonly string[];
  /** Times, in ms since 1970 here. */
  readonly times?: readonly string[];
}

/** What a value holds of others, by key. */
type Inner = Readonly<Record<string, Shape<unknown>>>;

/** `price-effect` ⇄ `priceEffect`. */
export type Camel<S extends string> = S extends `${infer Head}-${infer Rest}` ? `${Head}${Capitalize<Camel<Rest>>}` : S;

type In<K extends Keys, F extends keyof Keys> = K[F] extends readonly (infer N extends string)[] ? N : never;
type Plain<K extends Keys> = { readonly [N in In<K, 'ids'> | In<K, 'texts'> as Camel<N>]: string } & {
  readonly [N in In<K, 'flags'> as Camel<N>]: boolean;
} & { readonly [N in In<K, 'amounts'> | In<K, 'times'> as Camel<N>]: number };
type Exact<K extends Keys> = { readonly [N in In<K, 'amounts'> as Camel<N>]: string };
type Perhaps<T> = { readonly [N in keyof T]?: T[N] | undefined };

/** The library's words for an object of the venue. */
export type Named<R extends Keys, P extends Keys, L extends Inner, O extends Inner> = Plain<R> &
  Perhaps<Plain<P>> &
  Lists<L> &
  Parts<O> & {
    /** The exact text of each decimal, signed as the number is. */
    readonly exact: Exact<R> & Perhaps<Exact<P>>;
    /** The object as the venue sent it: keys that have no name here are in it, too. */
    readonly raw: JsonObject;
  };
/** Where none are named, the type is that of any. */
type Lists<L extends Inner> = string extends keyof L
  ? unknown
  : { readonly [N in keyof L & string as Camel<N>]: readonly ValueOf<L[N]>[] };
type Parts<O extends Inner> = string extends keyof O
  ? unknown
  : { readonly [N in keyof O & string as Camel<N>]?: ValueOf<O[N]> | undefined };

/** How one kind of object is checked, under the venue's keys, and then said in the library's words. */
export interface Shape<T> {
  readonly codec: t.Type<JsonObject, unknown>;
  /** Of what the codec let through, and of what it was made of. */
  readonly rename: (decoded: JsonObject, raw: JsonObject) => T;
}

export type ValueOf<S> = S extends Shape<infer T> ? T : never;

export interface ShapeSpec<R extends Keys, P extends Keys, L extends Inner, O extends Inner> {
  /** What must be there. */
  readonly required: R;
  /** What may be absent: most keys, since which ones come depends on the account. */
  readonly optional: P;
  /** Lists of others; an absent one is empty. */
  readonly lists?: L;
  /** Single others. */
  readonly parts?: O;
}

/** Effects whose amount has not their name. */
const ODD_EFFECTS: Readonly<Record<string, string>> = {
  'unsettled-cryptocurrency-fiat-amount': 'unsettled-cryptocurrency-fiat-effect',
};
const effectOf = (key: string): string => ODD_EFFECTS[key] ?? `${key}-effect`;

export function shape<const R extends Keys, const P extends Keys, L extends Inner = Inner, O extends Inner = Inner>(
  name: string,
  spec: ShapeSpec<R, P, L, O>,
): Shape<Named<R, P, L, O>> {
  const { required, optional } = spec;
  const lists: Inner = spec.lists ?? {};
  const parts: Inner = spec.parts ?? {};
  const amounts = [...(required.amounts ?? []), ...(optional.amounts ?? [])];
  const effects = Object.fromEntries(amounts.map((key) => [effectOf(key), orNone(Text)]));
  const inner: Fields = {
    ...Object.fromEntries(Object.entries(lists).map(([key, one]) => [key, orNone(t.array(one.codec))])),
    ...Object.fromEntries(Object.entries(parts).map(([key, one]) => [key, orNone(one.codec)])),
  };
  const allowed = mapped(optional, (codec) => orNone(codec));
  const codec = frame(
    name,
    mapped(required, (one) => one),
    { ...effects, ...allowed, ...inner },
  );
  const plain = [...keysOf(required), ...keysOf(optional)];
  const camels = new Map([...plain, ...Object.keys(lists), ...Object.keys(parts)].map((key) => [key, camel(key)]));

  const rename = (decoded: JsonObject, raw: JsonObject): Named<R, P, L, O> => {
    const value: Record<string, unknown> = {};
    const exact: Record<string, string> = {};
    const put = (key: string, held: unknown): void => {
      value[camels.get(key) ?? key] = held;
    };
    for (const key of plain) if (decoded[key] !== undefined) put(key, decoded[key]);
    for (const key of amounts) {
      const text = decoded[key];
      if (typeof text !== 'string') continue;
      const signed = signedBy(decoded[effectOf(key)], text);
      put(key, Number(signed));
      exact[camel(key)] = signed;
    }
    for (const [key, one] of Object.entries(lists)) {
      const items = (decoded[key] ?? []) as readonly JsonObject[];
      const raws = (raw[key] ?? []) as readonly JsonObject[];
      put(
        key,
        items.map((item, index) => one.rename(item, raws[index] ?? item)),
      );
    }
    for (const [key, one] of Object.entries(parts)) {
      if (decoded[key] !== undefined) put(key, one.rename(decoded[key] as JsonObject, raw[key] as JsonObject));
    }
    const whole: unknown = { ...value, exact, raw };
    return whole as Named<R, P, L, O>;
  };
  return { codec, rename };
}

/** Reads an object of the venue. */
export function read<T>({ codec, rename }: Shape<T>, data: unknown): Either<t.Errors, T> {
  const result = codec.decode(data);
  return result._tag === 'Left' ? result : t.success(rename(result.right, data as JsonObject));
}

/**
 * Amounts with an effect are never negative by themselves, but for one derived sample, whose sign says nothing beside its
 * effect. `None`, and effects nobody knows, leave the amount as it is.
 */
function signedBy(effect: unknown, text: string): string {
  if (effect !== 'Credit' && effect !== 'Debit') return text;
  const size = text.startsWith('-') ? text.slice(1) : text;
  return effect === 'Credit' || Number(size) === 0 ? size : `-${size}`;
}

const CODECS = { ids: Id, texts: Text, flags: t.boolean, amounts: LooseDecimal, times: Instant } as const;
const FORMS = ['ids', 'texts', 'flags', 'amounts', 'times'] as const;

const keysOf = (keys: Keys): readonly string[] => FORMS.flatMap((form) => keys[form] ?? []);

function mapped(keys: Keys, wrap: (codec: t.Mixed) => t.Mixed): Fields {
  return Object.fromEntries(FORMS.flatMap((form) => (keys[form] ?? []).map((key) => [key, wrap(CODECS[form])])));
}

const camel = (key: string): string => key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
