import * as t from 'io-ts';
import { REFUSED, FastType, tryDecodeOf } from './fastType.js';

/**
 * A list as `t.readonlyArray` reads it, but of a refused one the first wrong item is told only: a list of nothing but
 * wrong ones costs no more than its first. One in which nothing changes is returned itself.
 *
 * @param name Default: as `t.array` calls it.
 */
export function list<A, O>(item: t.Type<A, O>, name = `Array<${item.name}>`): FastType<readonly A[], readonly O[]> {
  const tryItem = tryDecodeOf(item);
  const tryDecode = (u: unknown): readonly A[] | typeof REFUSED => {
    if (!Array.isArray(u)) return REFUSED;
    const items: readonly unknown[] = u;
    let read: unknown[] | undefined;
    for (let i = 0; i < items.length; i += 1) {
      const value = tryItem(items[i]);
      if (value === REFUSED) return REFUSED;
      if (read !== undefined) read.push(value);
      else if (value !== items[i]) {
        read = items.slice(0, i);
        read.push(value);
      }
    }
    return (read ?? items) as readonly A[];
  };
  return new FastType<readonly A[], readonly O[]>(
    name,
    (u): u is readonly A[] => Array.isArray(u) && u.every(item.is),
    tryDecode,
    (values) => values.map((value) => item.encode(value)),
    (u, context) => {
      const values = tryDecode(u);
      if (values !== REFUSED) return t.success(values);
      if (!Array.isArray(u)) return t.failure(u, context);
      const wrong = u.findIndex((value) => tryItem(value) === REFUSED);
      const value: unknown = u[wrong];
      // Once more to say where.
      return item.validate(value, t.appendContext(context, String(wrong), item, value)) as t.Validation<never>;
    },
  );
}
