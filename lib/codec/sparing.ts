import * as t from 'io-ts';
import { isJsonObject } from './jsonObject.js';
import { pathOf } from './path.js';
import { REFUSED, FastType, keptBehind, tryDecodeOf } from './fastType.js';

/**
 * Told of what a frame was read without: where each of it is, first things first, and the frame; and, where
 * {@link sparing} left it out, the keys of each from the frame on, such as `orders`, `3`.
 */
export type Unread = (paths: readonly string[], payload: unknown, keys?: readonly (readonly string[])[]) => void;

/** Frames in which more than so much can't be read are refused: each of it may cost a decoding of the whole. */
const MOST = 10;
/** How often a frame is decoded again: of an object one unreadable field is told at a time. */
const ROUNDS = 64;

/** Stands in a payload where something was that can't be read, for {@link orUnread}. */
const UNREAD = Symbol('unread');

class OrUnread<A, O> extends FastType<A | null | undefined, O | null | undefined> {
  constructor(codec: t.Type<A, O>) {
    const tryDecode = tryDecodeOf(codec);
    super(
      codec.name,
      (u): u is A | null | undefined => u === undefined || u === null || codec.is(u),
      (u) => (u === UNREAD ? null : u === null || u === undefined ? undefined : tryDecode(u)),
      (value) => (value === undefined ? undefined : value === null ? null : codec.encode(value)),
      (u, c) => {
        if (u === UNREAD) return t.success(null);
        return u === null || u === undefined ? t.success(undefined) : codec.validate(u, c);
      },
      keptBehind(codec, null, UNREAD),
    );
  }
}

/**
 * A field that may be absent, or `null`, which says no more. Where it can't be read, {@link sparing} has it cost itself, and
 * it decodes to `null`: in a stream of changes what is absent is unchanged, and that is unknown. Goes by the name of what it
 * holds.
 */
export const orUnread = <A, O>(codec: t.Type<A, O>): t.Type<A | null | undefined, O | null | undefined> =>
  new OrUnread(codec);

/**
 * A codec that reads without what can't be read, where that may be missing: a field that costs itself, an item that costs
 * itself. What reads well costs nothing.
 *
 * @param places What may be missing, as keys from the frame on, `*` for any item: `seen_timestamp`, `orders.*`,
 *   `orders.*.fee`; every {@link orUnread} is one more. The most special one that holds the error is left out.
 */
export function sparing<A>(
  codec: t.Decoder<unknown, A>,
  places: readonly string[],
  unread: Unread,
): t.Decoder<unknown, A> {
  const patterns: Patterns = places.map((place) => place.split('.')).sort((a, b) => b.length - a.length);
  const decode = (payload: unknown): t.Validation<A> => {
    const whole = codec.decode(payload);
    if (whole._tag === 'Right') return whole;
    const paths: string[] = [];
    const places: (readonly string[])[] = [];
    let result: t.Validation<A> = whole;
    let left = payload;
    let missing = 0;
    for (let round = 0; result._tag === 'Left' && round < ROUNDS; round += 1) {
      const cuts = cutsOf(result.left, patterns, MOST - missing);
      if (cuts === undefined) return whole;
      missing += cuts.filter(({ isMarked }) => !isMarked).length;
      for (const { errors, keys } of cuts) {
        paths.push(pathOf(errors));
        places.push(keys);
      }
      left = without(left, cuts, 0);
      result = codec.decode(left);
    }
    if (result._tag === 'Left') return whole;
    unread(paths, payload, places);
    return result;
  };
  return { name: codec.name, validate: decode, decode };
}

/** What a channel reads its payloads with, as `reader` does, but {@link sparing}. */
export function sparingReader<A, B>(
  codec: t.Decoder<unknown, A>,
  places: readonly string[],
  unread: Unread,
  to: (value: A, at: number) => B,
): (payload: unknown, at: number) => t.Validation<B> {
  const tryDecode = tryDecodeOf(codec);
  const { decode } = sparing(codec, places, unread);
  return (payload, at) => {
    const value = tryDecode(payload);
    if (value !== REFUSED) return t.success(to(value, at));
    // Where in the frame an error is, is found out only when there is one.
    const result = decode(payload);
    return result._tag === 'Right' ? t.success(to(result.right, at)) : result;
  };
}

/** What may be missing, as keys, the most special ones first. */
type Patterns = readonly (readonly string[])[];

/** One thing that is left out: where it stands, why, and whether a mark of it is to stand there. */
interface Cut {
  readonly keys: readonly string[];
  readonly isMarked: boolean;
  readonly errors: t.ValidationError[];
}

/**
 * What is to be left out for the errors to be gone; `undefined` where one of them is of what must be there, or where it
 * would be more than so much without a mark.
 */
function cutsOf(errors: t.Errors, patterns: Patterns, most: number): readonly Cut[] | undefined {
  const cuts = new Map<string, Cut>();
  let missing = 0;
  for (const error of errors) {
    const place = placeOf(error, patterns);
    const id = JSON.stringify(place.keys);
    const known = cuts.get(id);
    if (known !== undefined) {
      known.errors.push(error);
      continue;
    }
    if (!place.isMarked) missing += 1;
    if (place.keys.length === 0 || missing > most) return undefined;
    cuts.set(id, { ...place, errors: [error] });
  }
  return [...cuts.values()];
}

/** The most special thing that may be missing and holds the error; without keys there is none. */
function placeOf({ context }: t.ValidationError, patterns: Patterns): Omit<Cut, 'errors'> {
  const keys = context.slice(1).map(({ key }) => key);
  const { length } = patterns.find((one) => one.every((key, i) => keys[i] === key || (key === '*' && i in keys))) ?? [];
  const marked = context.map(({ type }) => type instanceof OrUnread).lastIndexOf(true);
  return { keys: keys.slice(0, Math.max(length, marked)), isMarked: marked > 0 && marked >= length };
}

/** @param depth How many keys the value stands below the frame. */
function without(value: unknown, cuts: readonly Cut[], depth: number): unknown {
  const byKey = new Map<string | undefined, Cut[]>();
  for (const cut of cuts) {
    const same = byKey.get(cut.keys[depth]);
    if (same === undefined) byKey.set(cut.keys[depth], [cut]);
    else same.push(cut);
  }
  /** What stands there instead: one thing, or nothing. */
  const instead = (key: string, held: unknown): readonly unknown[] => {
    const own = byKey.get(key);
    if (own === undefined) return [held];
    const here = own.find(({ keys }) => keys.length === depth + 1);
    if (here === undefined) return [without(held, own, depth + 1)];
    return here.isMarked ? [UNREAD] : [];
  };
  if (Array.isArray(value)) {
    const items: unknown[] = [...(value as readonly unknown[])];
    // From behind, so that those before stay where they are told to be.
    for (const i of [...byKey.keys()].map(Number).sort((a, b) => b - a)) {
      items.splice(i, 1, ...instead(String(i), items[i]));
    }
    return items;
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, held]) => instead(key, held).map((left) => [key, left] as const)),
  );
}
