import * as t from 'io-ts';

/**
 * The same codec, of values that it takes as they are: it asks before it validates. Validating makes contexts (the paths of
 * errors) for every value, which cost more than all else; they are made for what is refused.
 */
export const checkedFirst = <A>(codec: t.Type<A, A>): t.Type<A, A> =>
  new t.Type<A, A>(codec.name, codec.is, (u, c) => (codec.is(u) ? t.success(u) : codec.validate(u, c)), t.identity);
