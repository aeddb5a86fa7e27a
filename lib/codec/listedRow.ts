import type * as t from 'io-ts';
import { type Decoded, type Encoded, type Fields, frame } from './frame.js';
import { orNone } from './orNone.js';

type OrNone<F extends Fields> = {
  readonly [K in keyof F]: t.Type<t.TypeOf<F[K]> | undefined, t.OutputOf<F[K]> | undefined>;
};

/** A {@link frame} of which whatever may be absent may be `null` as well, as in the rows of a list. */
export const listedRow = <F extends Fields, P extends Fields>(
  name: string,
  fields: F,
  optional: P,
): t.Type<Decoded<F> & Partial<Decoded<OrNone<P>>>, Encoded<F> & Partial<Encoded<OrNone<P>>>> =>
  frame(
    name,
    fields,
    Object.fromEntries(Object.entries(optional).map(([key, codec]) => [key, orNone(codec)])) as OrNone<P>,
  );
