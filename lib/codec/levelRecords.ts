import * as t from 'io-ts';
import type { PriceLevel } from '../model/priceLevel.js';
import { decimalOf } from './decimalOf.js';
import { frame } from './frame.js';
import { levelOf } from './levelOf.js';
import { levelRows } from './levelRows.js';
import { LooseDecimal, numberAsText } from './looseDecimal.js';
import type { RecordKeys } from './scanRecords.js';
import { REFUSED, FastType } from './fastType.js';

const isSize = (u: unknown): u is string => decimalOf(u) >= 0;

/** A size, as a text or a number. */
const Size = new FastType<string, string>(
  'Size',
  isSize,
  (u) => {
    const text = numberAsText(u);
    return isSize(text) ? text : REFUSED;
  },
  t.identity,
);

/**
 * Levels that come as records, `[{"price":1797.24,"qty":0.43393711},…]`, to {@link PriceLevel}s in the same order. Price and
 * size are texts or numbers; whatever else a record holds is passed over. A size below 0 is refused.
 */
export function levelRecords({ price, size }: RecordKeys): t.Type<readonly PriceLevel[], readonly object[]> {
  const row = frame('Level', { [price]: LooseDecimal, [size]: Size });
  return levelRows(
    'LevelRecords',
    row,
    (record) => levelOf(String(record[price]), String(record[size])),
    ({ exact }) => ({ [price]: exact.price, [size]: exact.size }),
  );
}
