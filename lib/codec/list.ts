import * as t from 'io-ts';

/**
 * A list as `t.readonlyArray` reads it, but of a refused one the first wrong item is told only: a list of nothing but
 * wrong ones costs no more than its first.
 *
 * @param name Default: as `t.array` calls it.
 */
export const list = <A, O>(item: t.Type<A, O>, name = `Array<${item.name}>`): t.Type<readonly A[], readonly O[]> =>
  new t.Type<readonly A[], readonly O[]>(
    name,
    (u): u is readonly A[] => Array.isArray(u) && u.every(item.is),
    (u, context) => {
      if (!Array.isArray(u)) return t.failure(u, context);
      const items: readonly unknown[] = u;
      const read: A[] = [];
      for (const [i, value] of items.entries()) {
        const result = item.validate(value, context);
        // Once more to say where.
        if (result._tag === 'Left')
          return item.validate(value, t.appendContext(context, String(i), item, value)) as t.Validation<never>;
        read.push(result.right);
      }
      return t.success(read);
    },
    (values) => values.map((value) => item.encode(value)),
  );
