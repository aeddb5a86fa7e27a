import * as t from 'io-ts';

/** What may be absent or `null`; `null` reads as absent. Goes by the name of what it holds. */
export const orNone = <A, O>(codec: t.Type<A, O>): t.Type<A | undefined, O | undefined> =>
  new t.Type<A | undefined, O | undefined>(
    codec.name,
    (u): u is A | undefined => u === undefined || codec.is(u),
    (u, c) => (u === null || u === undefined ? t.success(undefined) : codec.validate(u, c)),
    (value) => (value === undefined ? undefined : codec.encode(value)),
  );
