import * as t from 'io-ts';
import type { PriceLevel } from '../model/priceLevel.js';
import { list } from './list.js';
import { ScannedLevels } from './scanSides.js';
import { REFUSED, FastType } from './fastType.js';

/**
 * Levels that a venue sends as rows of a shape of its own, to {@link PriceLevel}s in the same order. `Levels` reads the
 * usual shape.
 *
 * @param levelOf Renames, nothing else.
 * @param rowOf The row of a level, as the venue might have sent it.
 * @param inOrder Rows in the order that counts. Default: as they come.
 */
export function levelRows<R, O>(
  name: string,
  row: t.Type<R, O>,
  levelOf: (row: R) => PriceLevel,
  rowOf: (level: PriceLevel) => R,
  inOrder: (rows: readonly R[]) => readonly R[] = (rows) => rows,
): t.Type<readonly PriceLevel[], readonly O[]> {
  const rows = list(row, '');
  return new FastType<readonly PriceLevel[], readonly O[]>(
    name,
    (u): u is readonly PriceLevel[] =>
      Array.isArray(u) && u.every((level) => typeof level === 'object' && level !== null && 'exact' in level),
    (u) => {
      if (u instanceof ScannedLevels) return u.levels;
      const read = rows.tryDecode(u);
      return read === REFUSED ? read : inOrder(read).map(levelOf);
    },
    (levels) => rows.encode(levels.map(rowOf)),
    (u, c) => {
      if (u instanceof ScannedLevels) return t.success(u.levels);
      const read = rows.validate(u, c);
      return read._tag === 'Left' ? read : t.success(inOrder(read.right).map(levelOf));
    },
  );
}
