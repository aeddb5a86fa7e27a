import type { JsonReading } from './jsonReading.js';
import { type Gap, GapScanner, type LevelScanner, type PlaceOfLevels } from './gapScanner.js';
import { type ReadRow, readRows } from './readRows.js';
import { partOf, standsAt } from './scanDecimal.js';
import type { RecordKeys } from './scanRecords.js';
import { ScannedRows } from './scannedRows.js';

// One by one, so that bundlers write the figures in.
const QUOTE = 34;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
/** Of so many digits any number is of 64 bits, and held by a double. */
const MOST_DIGITS = 15;

/** How rows spell a level. */
export interface UnitKeys<T> extends RecordKeys {
  /** The row of a level, as its codec reads it. */
  readonly rowOf: (price: string, size: string) => T;
}

/**
 * What `recordScanner` is for levels in whole numbers of smallest units, told as texts: `"buys":[{"price":"2998800000000",
 * "quantity":"-17388800000"},…],"sells":[…]`. They stay texts, since only a market knows its decimals.
 *
 * @param json How what is around them is read.
 */
export function unitScanner<T>(
  names: readonly [first: string, second: string],
  keys: UnitKeys<T>,
  place: PlaceOfLevels,
  json: JsonReading,
): LevelScanner {
  const [opening, next] = [`"${names[0]}":[`, `,"${names[1]}":[`];
  const readRow = unitReader(keys);
  const read: Gap['read'] = (text, cursor) => {
    const ones = readRows<T[]>(text, opening, cursor, [], readRow);
    const others = ones && readRows<T[]>(text, next, cursor, [], readRow);
    return others && [new ScannedRows(ones), new ScannedRows(others)];
  };
  return new GapScanner({ names, read }, place, json);
}

/** Reads `{"price":"2998800000000","quantity":"-17388800000"}`; only a size may be below 0. */
function unitReader<T>({ price, size, rowOf }: UnitKeys<T>): ReadRow<T[]> {
  const [beforePrice, beforeSize] = [`{"${price}":"`, `","${size}":"`];
  return (text, cursor, rows) => {
    if (!standsAt(text, beforePrice, cursor.at)) return false;
    const priceAt = cursor.at + beforePrice.length;
    const priceEnd = endOfWhole(text, priceAt);
    if (priceEnd < 0 || !standsAt(text, beforeSize, priceEnd)) return false;
    const sizeAt = priceEnd + beforeSize.length;
    const isNegative = text.charCodeAt(sizeAt) === MINUS && text.charCodeAt(sizeAt + 1) !== ZERO;
    const sizeEnd = endOfWhole(text, isNegative ? sizeAt + 1 : sizeAt);
    if (sizeEnd < 0 || !standsAt(text, '"}', sizeEnd)) return false;
    cursor.at = sizeEnd + 2;
    rows.push(rowOf(partOf(text, priceAt, priceEnd), partOf(text, sizeAt, sizeEnd)));
    return true;
  };
}

/** Where the whole number ends that begins there; -1 where there is none, or one that is not plain. */
function endOfWhole(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= NINE) at += 1;
  const digits = at - from;
  const isPlain = digits > 0 && digits <= MOST_DIGITS && (digits === 1 || text.charCodeAt(from) !== ZERO);
  return isPlain && text.charCodeAt(at) === QUOTE ? at : -1;
}
