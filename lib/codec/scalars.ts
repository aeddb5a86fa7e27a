import * as t from 'io-ts';
import { REFUSED, FastType } from './fastType.js';

/** A codec of values that are taken as they are, or refused. */
export function leaf<A>(name: string, is: (u: unknown) => u is A): t.Type<A> {
  return new FastType<A, A>(name, is, (u) => (is(u) ? u : REFUSED), t.identity);
}

const isCount = (u: unknown): u is number => Number.isSafeInteger(u) && (u as number) >= 0;

/** A sequence: a whole number from 0 on that a double holds exactly. */
export const Sequence = leaf<number>('Sequence', isCount);

/** A sequence, or -1 where the venue has none yet. */
export const SequenceOrNone = leaf<number>('SequenceOrNone', (u): u is number => u === -1 || isCount(u));

/** A time in ms since 1970, or a duration in ms. May have a fraction. */
export const Millis = leaf<number>('Millis', (u): u is number => Number.isFinite(u) && (u as number) >= 0);

/** Any text, the empty one too. */
export const Text = leaf<string>('Text', t.string.is);

/**
 * An id, as text: `"0a1"` and `17` both occur. A number beyond 2^53 is refused, since its last digits were lost in
 * `JSON.parse` and it would name something else.
 */
export const Id = new FastType<string, string>(
  'Id',
  (u): u is string => typeof u === 'string' && u !== '',
  (u) => {
    if (typeof u === 'string') return u === '' ? REFUSED : u;
    return Number.isSafeInteger(u) ? String(u) : REFUSED;
  },
  t.identity,
);
