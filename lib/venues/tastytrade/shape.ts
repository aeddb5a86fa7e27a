import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { type Fields, frame } from '../../codec/frame.js';
import type { JsonObject } from '../../codec/jsonObject.js';
import { LooseDecimal } from '../../codec/looseDecimal.js';
import { Id, Text } from '../../codec/scalars.js';
import { Instant } from './scalars.js';
import { type UnreadReport, readEach, reportUnread } from './unread.js';

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

type Form = keyof Keys;

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

/** What hangs on a part that may be absent and can't be read: nothing else, or what {@link ShapeSpec} says of it. */
type Weight = 'none' | 'matters' | 'decides';

/** Told of a part that may be absent and can't be read: it is left out. */
export type ReportUnread = (errors: t.Errors, weight: Weight) => void;

/** How one kind of object is checked, under the venue's keys, and said in the library's words. */
export interface Shape<T> {
  /** What must be there; its name stands in paths. */
  readonly codec: t.Type<JsonObject, unknown>;
  /** Reads an object at a place in a frame. */
  readonly readAt: (data: unknown, context: t.Context, report: ReportUnread) => Either<t.Errors, T>;
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
  /**
   * Keys of what may be absent and decides about more than itself: which object it is, which of two is the newer one, what
   * has come of it so far. Read without it the object would be another one, so in a stream of changes it can't be.
   */
  readonly decides?: readonly string[];
  /** What may be absent, and is what the object is asked for: read without it the object is to be asked for again. */
  readonly matters?: readonly Form[];
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
  const lists = Object.entries<Shape<unknown>>(spec.lists ?? {}).map(([key, item]) => ({
    key,
    item,
    codec: listOf(item),
  }));
  const parts = Object.entries<Shape<unknown>>(spec.parts ?? {});
  const codec = frame(name, codecsOf(required));
  const musts = keysOf(required);
  const perhaps = Object.entries(codecsOf(optional));
  const names = new Map(
    [...musts, ...keysOf(optional), ...lists.map(({ key }) => key), ...parts.map(([key]) => key)].map((key) => [
      key,
      camel(key),
    ]),
  );
  const nameOf = (key: string): string => names.get(key) ?? key;
  const amounts = new Set([...(required.amounts ?? []), ...(optional.amounts ?? [])]);
  const deciding = new Set(spec.decides);
  const mattering = new Set((spec.matters ?? []).flatMap((form) => optional[form] ?? []));
  const weightOf = (key: string): Weight => (deciding.has(key) ? 'decides' : mattering.has(key) ? 'matters' : 'none');

  const readAt = (data: unknown, context: t.Context, report: ReportUnread): Either<t.Errors, Named<R, P, L, O>> => {
    const result = codec.validate(data, context);
    if (result._tag === 'Left') return result;
    const raw = data as JsonObject;
    const place: Place = { raw, context, report, weightOf };
    const value: Record<string, unknown> = {};
    const exact: Record<string, string> = {};
    const put = (key: string, held: unknown): void => {
      if (!amounts.has(key)) {
        if (held !== undefined) value[nameOf(key)] = held;
        return;
      }
      const signed = typeof held === 'string' ? signedBy(effectAt(place, key), held) : undefined;
      if (signed === undefined) return;
      value[nameOf(key)] = Number(signed);
      exact[nameOf(key)] = signed;
    };
    for (const key of musts) put(key, result.right[key]);
    for (const [key, one] of perhaps) put(key, fieldAt(place, key, one));
    for (const { key, item, codec: list } of lists) value[nameOf(key)] = listAt(place, key, item, list);
    for (const [key, one] of parts) put(key, partAt(place, key, one));
    const lacking = musts.find((key) => amounts.has(key) && exact[nameOf(key)] === undefined);
    if (lacking !== undefined) {
      const effect = effectOf(lacking);
      return t.failure(raw[effect], t.appendContext(context, effect, Effect, raw[effect]));
    }
    const whole: unknown = { ...value, exact, raw };
    return t.success(whole as Named<R, P, L, O>);
  };
  return { codec, readAt };
}

/**
 * Reads an object of the venue. What may be absent and can't be read is left out and told; where nobody is unread, it
 * refuses the whole.
 */
export function read<T>(shape: Shape<T>, data: unknown, unread?: UnreadReport): Either<t.Errors, T> {
  return readSparing(shape, data, unread, () => unread === undefined);
}

/** Reads an object that tells of a change: without what decides about more than itself it is refused. */
export function readChange<T>(shape: Shape<T>, data: unknown, unread?: UnreadReport): Either<t.Errors, T> {
  return readSparing(shape, data, unread, (weight) => unread === undefined || weight === 'decides');
}

function readSparing<T>(
  { codec, readAt }: Shape<T>,
  data: unknown,
  unread: UnreadReport | undefined,
  isRefused: (weight: Weight) => boolean,
): Either<t.Errors, T> {
  const wrong: { readonly errors: t.Errors; readonly weight: Weight }[] = [];
  const result = readAt(data, [{ key: '', type: codec, actual: data }], (errors, weight) =>
    wrong.push({ errors, weight }),
  );
  if (result._tag === 'Left') return result;
  const refusal = wrong.find(({ weight }) => isRefused(weight));
  if (refusal !== undefined) return t.failures(refusal.errors);
  if (unread !== undefined) {
    const refusals = wrong.map(({ errors }) => errors);
    reportUnread(unread, refusals, data);
  }
  if (wrong.some(({ weight }) => weight !== 'none')) unread?.invalidate();
  return result;
}

/** An object, where it stands, and who is told of what of it can't be read. */
interface Place {
  readonly raw: JsonObject;
  readonly context: t.Context;
  readonly report: ReportUnread;
  readonly weightOf: (key: string) => Weight;
}

/** @param owner What it belongs to, where that is another key. */
function fieldAt(place: Place, key: string, codec: t.Mixed, owner = key): unknown {
  const { raw, context, report, weightOf } = place;
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  // Where it stands is found out only when it can't be read.
  const result = codec.validate(value, context);
  if (result._tag === 'Right') return result.right as unknown;
  const wrong = codec.validate(value, t.appendContext(context, key, codec, value));
  if (wrong._tag === 'Left') report(wrong.left, weightOf(owner));
  return undefined;
}

/** Any list, by the name of one of such items. */
const listOf = ({ codec }: Shape<unknown>): t.Type<readonly unknown[]> =>
  new t.Type<readonly unknown[]>(
    `Array<${codec.name}>`,
    (u): u is readonly unknown[] => Array.isArray(u),
    (u, c) => (Array.isArray(u) ? t.success(u as readonly unknown[]) : t.failure(u, c)),
    t.identity,
  );

/** An absent one is empty; an item that can't be read costs that item. */
function listAt(place: Place, key: string, one: Shape<unknown>, codec: t.Mixed): readonly unknown[] {
  const items = (fieldAt(place, key, codec) ?? []) as readonly unknown[];
  const context = t.appendContext(place.context, key, codec, items);
  const { values, refusals } = readEach(one.codec, items, (item, index) =>
    one.readAt(item, t.appendContext(context, String(index), one.codec, item), place.report),
  );
  for (const errors of refusals) place.report(errors, place.weightOf(key));
  return values;
}

function partAt({ raw, context, report, weightOf }: Place, key: string, one: Shape<unknown>): unknown {
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  const result = one.readAt(value, t.appendContext(context, key, one.codec, value), report);
  if (result._tag === 'Right') return result.right;
  report(result.left, weightOf(key));
  return undefined;
}

const Effect = t.keyof({ Credit: null, Debit: null, None: null }, 'Effect');
type Effect = t.TypeOf<typeof Effect> | 'unknown' | undefined;

function effectAt(place: Place, amount: string): Effect {
  const key = effectOf(amount);
  const effect = fieldAt(place, key, Effect, amount) as Effect;
  return effect === undefined && (place.raw[key] ?? undefined) !== undefined ? 'unknown' : effect;
}

/**
 * Amounts with an effect are never negative by themselves, but for one derived sample, whose sign says nothing beside its
 * effect. `None` leaves the amount as it is; under an effect that nobody knows an amount has no sign, and is none.
 */
function signedBy(effect: Effect, text: string): string | undefined {
  if (effect === 'unknown') return undefined;
  if (effect !== 'Credit' && effect !== 'Debit') return text;
  const size = text.startsWith('-') ? text.slice(1) : text;
  return effect === 'Credit' || Number(size) === 0 ? size : `-${size}`;
}

const CODECS = { ids: Id, texts: Text, flags: t.boolean, amounts: LooseDecimal, times: Instant } as const;
const FORMS: readonly Form[] = ['ids', 'texts', 'flags', 'amounts', 'times'];

const keysOf = (keys: Keys): readonly string[] => FORMS.flatMap((form) => keys[form] ?? []);

const codecsOf = (keys: Keys): Fields =>
  Object.fromEntries(FORMS.flatMap((form) => (keys[form] ?? []).map((key) => [key, CODECS[form]])));

const camel = (key: string): string => key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
