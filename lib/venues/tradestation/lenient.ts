import * as t from 'io-ts';
import { pathOf } from '../../codec/path.js';
import type { FaultNotice } from '../../model/fault.js';

/** Where decoding stands, from its root on; the root gathers which optional fields could not be read. */
class Gathering implements t.ContextEntry {
  readonly key = '';
  readonly paths: string[] = [];

  constructor(
    readonly type: t.Mixed,
    readonly actual: unknown,
  ) {}
}

/**
 * A field that may be absent, or `null`, which says no more. Read by {@link leniently}, what can't be read costs the field
 * and not its frame: it decodes to `null`, so that nobody takes it for unchanged. Goes by the name of what it holds.
 */
export const perhaps = <A, O>(key: string, codec: t.Type<A, O>): t.Type<A | null | undefined, O | null | undefined> =>
  new t.Type<A | null | undefined, O | null | undefined>(
    codec.name,
    (u): u is A | null | undefined => u === undefined || u === null || codec.is(u),
    (u, c) => {
      if (u === null || u === undefined) return t.success(undefined);
      const result = codec.validate(u, c);
      const [root] = c;
      if (result._tag === 'Right' || !(root instanceof Gathering)) return result;
      const told = codec.validate(u, t.appendContext(c, key, codec, u));
      if (told._tag === 'Left') root.paths.push(pathOf(told.left));
      return t.success(null);
    },
    (value) => (value === undefined ? undefined : value === null ? null : codec.encode(value)),
  );

/** A field that must be there and holds such that need not: where these are is told by its key, too. */
export const within = <A, O>(key: string, codec: t.Type<A, O>): t.Type<A, O> => {
  const own: t.Type<A, O> = new t.Type<A, O>(
    codec.name,
    codec.is,
    (u, c) => {
      const isKeyed = !(c[0] instanceof Gathering) || c.at(-1)?.type === own;
      return codec.validate(u, isKeyed ? c : t.appendContext(c, key, own, u));
    },
    codec.encode,
  );
  return own;
};

/** Told of the optional fields that a frame was read without: where they are, and the frame. */
export type Unread = (paths: readonly string[], payload: unknown) => void;

/** Reads with a codec, but optional fields that can't be read cost themselves only. */
export const leniently = <A>(codec: t.Type<A, unknown>, unread: Unread): t.Decoder<unknown, A> => {
  const decode = (payload: unknown): t.Validation<A> => {
    const root = new Gathering(codec, payload);
    const result = codec.validate(payload, [root]);
    if (result._tag === 'Right' && root.paths.length > 0) unread(root.paths, payload);
    return result;
  };
  return { name: codec.name, validate: decode, decode };
};

/** What a channel reads its payloads with, as `reader` does, but {@link leniently}. */
export const lenientReader = <A, B>(
  codec: t.Type<A, unknown>,
  unread: Unread,
  to: (value: A, at: number) => B,
): ((payload: unknown, at: number) => t.Validation<B>) => {
  const { decode } = leniently(codec, unread);
  return (payload, at) => {
    const result = decode(payload);
    return result._tag === 'Left' ? result : t.success(to(result.right, at));
  };
};

/** Tells it as a fault of a channel: one a frame, of the first field, and of how many more. */
export const unreadOf =
  (channel: string, report: (fault: FaultNotice) => void): Unread =>
  ([path = '', ...others], payload) => {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    const raw = JSON.stringify(payload).slice(0, 200);
    report({ type: 'decode', channel, path, raw, message: `${channel}: unreadable, left out: ${path}${more}` });
  };
