import * as t from 'io-ts';
import { REFUSED, FastType, tryDecodeOf } from './fastType.js';

/** Two of a kind, as `t.tuple` reads them. */
export function pairOf<A, O>(item: t.Type<A, O>): t.Type<[A, A], [O, O]> {
  const whole = t.tuple([item, item]);
  const tryItem = tryDecodeOf(item);
  return new FastType(
    whole.name,
    whole.is,
    (u) => {
      if (!Array.isArray(u) || u.length !== 2) return REFUSED;
      const first = tryItem(u[0]);
      const second = tryItem(u[1]);
      return first === REFUSED || second === REFUSED ? REFUSED : [first, second];
    },
    whole.encode,
    whole.validate,
  );
}
