import * as t from 'io-ts';
import { REFUSED, FastType, tryDecodeOf } from './fastType.js';

/** A codec of a list that knows what its items are read by. */
export class ListType<A, O> extends FastType<readonly A[], readonly O[]> {
  constructor(
    readonly item: t.Type<A, O>,
    ...codec: ConstructorParameters<typeof FastType<readonly A[], readonly O[]>>
  ) {
    super(...codec);
  }
}

/** How many wrong items {@link listOfSpared} tells at once. */
const SEVERAL = 64;

/**
 * A list as `t.readonlyArray` reads it, but of a refused one the first wrong item is told only: a list of nothing but
 * wrong ones costs no more than its first. One in which nothing changes is returned itself.
 *
 * @param name Default: as `t.array` calls it.
 * @param most How many wrong items are told: more where each may be read without what is wrong in it (`orUnread`), so that a
 *   long list is not read once for each.
 */
export function list<A, O>(
  item: t.Type<A, O>,
  name = `Array<${item.name}>`,
  most = 1,
): FastType<readonly A[], readonly O[]> {
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
  return new ListType<A, O>(
    item,
    name,
    (u): u is readonly A[] => Array.isArray(u) && u.every(item.is),
    tryDecode,
    (values) => values.map((value) => item.encode(value)),
    (u, context) => {
      const values = tryDecode(u);
      if (values !== REFUSED) return t.success(values);
      if (!Array.isArray(u)) return t.failure(u, context);
      // Once more to say where.
      const errors: t.ValidationError[] = [];
      let reported = 0;
      for (let i = 0; i < u.length && reported < most; i += 1) {
        const value: unknown = u[i];
        if (tryItem(value) !== REFUSED) continue;
        const result = item.validate(value, t.appendContext(context, String(i), item, value));
        if (result._tag === 'Left') errors.push(...result.left);
        reported += 1;
      }
      return t.failures(errors);
    },
  );
}

/** A {@link list} whose items may each be read without what is wrong in them: of a refused one the first 64 are told. */
export const listOfSpared = <A, O>(item: t.Type<A, O>, name?: string): FastType<readonly A[], readonly O[]> =>
  list(item, name, SEVERAL);
