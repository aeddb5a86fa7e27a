import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { REFUSED, tryDecodeOf } from '../../codec/fastType.js';
import { frame } from '../../codec/frame.js';
import type { JsonObject } from '../../codec/jsonObject.js';
import { Effect, signedBy } from './effect.js';
import { type Camel, type Field, type Form, type Keys, camel, codecsOf, fieldsOf } from './keys.js';
import { type UnreadReport, readEach, reportUnread } from './unread.js';

/** What a value holds of others, by key. */
type Inner = Readonly<Record<string, Shape<unknown>>>;

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

export function shape<const R extends Keys, const P extends Keys, L extends Inner = Inner, O extends Inner = Inner>(
  name: string,
  spec: ShapeSpec<R, P, L, O>,
): Shape<Named<R, P, L, O>> {
  const { required, optional } = spec;
  const lists = Object.entries<Shape<unknown>>(spec.lists ?? {}).map(([key, item]) => ({
    key,
    name: camel(key),
    item,
    list: tried(listOf(item)),
  }));
  const parts = Object.entries<Shape<unknown>>(spec.parts ?? {}).map(([key, part]) => ({
    key,
    name: camel(key),
    part,
  }));
  const codec = frame(name, codecsOf(required));
  const tryMusts = tryDecodeOf(codec);
  const [musts, perhaps] = [fieldsOf(required), fieldsOf(optional)];
  const mattering = new Set((spec.matters ?? []).flatMap((form) => optional[form] ?? []));
  const deciding = new Set(spec.decides);
  const weightOf = (key: string): Weight => (deciding.has(key) ? 'decides' : mattering.has(key) ? 'matters' : 'none');

  const readAt = (data: unknown, context: t.Context, report: ReportUnread): Either<t.Errors, Named<R, P, L, O>> => {
    const held = tryMusts(data);
    if (held === REFUSED) return codec.validate(data, context) as t.Validation<never>;
    const raw = data as JsonObject;
    const place: Place = { raw, context, report, weightOf };
    const value: Record<string, unknown> = {};
    const exact: Record<string, string> = {};
    let lacking: Field | undefined;
    for (const must of musts) if (put(place, must, held[must.key], value, exact)) lacking ??= must;
    for (const field of perhaps) {
      const held = fieldAt(place, field.key, field);
      if (held !== undefined) put(place, field, held, value, exact);
    }
    for (const { key, name, item, list } of lists) value[name] = listAt(place, key, item, list);
    for (const { key, name, part } of parts) {
      const held = partAt(place, key, part);
      if (held !== undefined) value[name] = held;
    }
    if (lacking?.effect !== undefined) {
      const { effect } = lacking;
      return t.failure(raw[effect], t.appendContext(context, effect, Effect, raw[effect]));
    }
    value['exact'] = exact;
    value['raw'] = raw;
    const whole: unknown = value;
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
  if (result._tag === 'Left' || wrong.length === 0) return result;
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

/** @returns Whether it is an amount whose sign nobody knows: that is none. */
function put(
  place: Place,
  { name, effect, key }: Field,
  held: unknown,
  value: Record<string, unknown>,
  exact: Record<string, string>,
): boolean {
  if (effect === undefined) {
    value[name] = held;
    return false;
  }
  const signed = typeof held === 'string' ? signedBy(effectAt(place, key, effect), held) : undefined;
  if (signed === undefined) return true;
  value[name] = Number(signed);
  exact[name] = signed;
  return false;
}

/** A codec, and how it reads. */
type Tried = Pick<Field, 'codec' | 'tryDecode'>;
const tried = (codec: t.Mixed): Tried => ({ codec, tryDecode: tryDecodeOf<unknown>(codec) });
const triedEffect = tried(Effect);

/** @param owner What it belongs to, where that is another key. */
function fieldAt(place: Place, key: string, { codec, tryDecode }: Tried, owner = key): unknown {
  const { raw, context, report, weightOf } = place;
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  // Where it stands is found out only when it can't be read.
  const held = tryDecode(value);
  if (held !== REFUSED) return held;
  const wrong = codec.validate(value, t.appendContext(context, key, codec, value));
  if (wrong._tag === 'Left') report(wrong.left, weightOf(owner));
  return undefined;
}

const NOTHING: readonly unknown[] = [];

/** Any list, by the name of one of such items. */
const listOf = ({ codec }: Shape<unknown>): t.Type<readonly unknown[]> =>
  new t.Type<readonly unknown[]>(
    `Array<${codec.name}>`,
    (u): u is readonly unknown[] => Array.isArray(u),
    (u, c) => (Array.isArray(u) ? t.success(u as readonly unknown[]) : t.failure(u, c)),
    t.identity,
  );

/** An absent one is empty; an item that can't be read costs that item. */
function listAt(place: Place, key: string, one: Shape<unknown>, list: Tried): readonly unknown[] {
  const items = (fieldAt(place, key, list) ?? NOTHING) as readonly unknown[];
  if (items.length === 0) return NOTHING;
  const context = t.appendContext(place.context, key, list.codec, items);
  const { values, refusals } = readEach(one.codec, items, (item, index) =>
    one.readAt(item, t.appendContext(context, `${index}`, one.codec, item), place.report),
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

function effectAt(place: Place, amount: string, key: string): Effect {
  const effect = fieldAt(place, key, triedEffect, amount) as Effect;
  return effect === undefined && (place.raw[key] ?? undefined) !== undefined ? 'unknown' : effect;
}
