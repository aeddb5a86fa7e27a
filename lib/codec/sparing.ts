import * as t from 'io-ts';
import { isJsonObject } from './jsonObject.js';
import { pathOf } from './path.js';

/** Told of what a frame was read without: where the first of it is, and the frame. */
export type Unread = (path: string, payload: unknown) => void;

/** Frames in which more than so much can't be read are refused: each of it costs a decoding of the whole. */
const MOST = 10;

/**
 * A codec that reads without what can't be read, where that may be missing: a field that costs itself, an item that costs
 * itself. What reads well costs nothing.
 *
 * @param places What may be missing, as keys from the frame on, `*` for any item: `seen_timestamp`, `orders.*`,
 *   `orders.*.fee`. The most special one that holds the error is left out.
 */
export function sparing<A>(
  codec: t.Type<A, unknown>,
  places: readonly string[],
  unread: Unread,
): t.Decoder<unknown, A> {
  const patterns = places.map((place) => place.split('.')).sort((a, b) => b.length - a.length);
  const decode = (payload: unknown): t.Validation<A> => {
    const whole = codec.decode(payload);
    let result = whole;
    let left = payload;
    if (whole._tag === 'Left' && whole.left.length > MOST) return whole;
    for (let count = 0; result._tag === 'Left' && count < MOST; count += 1) {
      const keys = (result.left[0]?.context ?? []).slice(1).map(({ key }) => key);
      const place = patterns.find((pattern) =>
        pattern.every((key, i) => keys[i] === key || (key === '*' && i in keys)),
      );
      if (place === undefined) return whole;
      left = without(left, keys.slice(0, place.length));
      result = codec.decode(left);
    }
    if (result._tag === 'Left') return whole;
    if (whole._tag === 'Left') unread(pathOf(whole.left), payload);
    return result;
  };
  return { name: codec.name, validate: decode, decode };
}

/** What a channel reads its payloads with, as `reader` does, but {@link sparing}. */
export function sparingReader<A, B>(
  codec: t.Type<A, unknown>,
  places: readonly string[],
  unread: Unread,
  to: (value: A, at: number) => B,
): (payload: unknown, at: number) => t.Validation<B> {
  const { decode } = sparing(codec, places, unread);
  return (payload, at) => {
    // Where in the frame an error is, is found out only when there is one.
    const fast = codec.validate(payload, []);
    const result = fast._tag === 'Right' ? fast : decode(payload);
    return result._tag === 'Right' ? t.success(to(result.right, at)) : result;
  };
}

function without(value: unknown, [key = '', ...deeper]: readonly string[]): unknown {
  const isLast = deeper.length === 0;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const at = Number(key);
    return [...items.slice(0, at), ...(isLast ? [] : [without(items[at], deeper)]), ...items.slice(at + 1)];
  }
  if (!isJsonObject(value)) return value;
  const { [key]: found, ...others } = value;
  return isLast ? others : { ...others, [key]: without(found, deeper) };
}
