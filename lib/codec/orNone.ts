import * as t from 'io-ts';
import { FastType, keptBehind, tryDecodeOf } from './fastType.js';

/** What may be absent or `null`; `null` reads as absent. Goes by the name of what it holds. */
export function orNone<A, O>(codec: t.Type<A, O>): t.Type<A | undefined, O | undefined> {
  const tryDecode = tryDecodeOf(codec);
  return new FastType<A | undefined, O | undefined>(
    codec.name,
    (u): u is A | undefined => u === undefined || codec.is(u),
    (u) => (u === null || u === undefined ? undefined : tryDecode(u)),
    (value) => (value === undefined ? undefined : codec.encode(value)),
    (u, c) => (u === null || u === undefined ? t.success(undefined) : codec.validate(u, c)),
    keptBehind(codec, null),
  );
}
