import { PlainLevel, spellingOf } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import type { GapScanner, LevelScanner, PlaceOfLevels } from './gapScanner.js';
import { exactJson } from './losslessJson.js';
import type { ReadRow } from './readRows.js';
import { type Cursor, partOf, scanDecimal, standsAt } from './scanDecimal.js';
import { sideScanner } from './scanSides.js';

/** Under which names levels tell price and size. */
export interface RecordKeys {
  readonly price: string;
  readonly size: string;
}

const ZERO = 48;
const NINE = 57;
const CLOSE = 125;

/**
 * What `levelScanner` is for levels that are records of JSON numbers: `"bids":[{"price":1797.24,"qty":0.43393711},…],"asks":[…]`.
 * The digits are kept as they stand in the text, zeros at the end and all, which `JSON.parse` would lose; so are those of
 * numbers around the levels.
 *
 * @param place Finds, in what is left of the frame, the object that they belong to.
 */
export const recordScanner = (first: string, second: string, keys: RecordKeys, place: PlaceOfLevels): LevelScanner =>
  scannerOf(first, second, keys, place);

/** The same of a single text. */
export const scanRecords = (
  text: string,
  first: string,
  second: string,
  keys: RecordKeys,
  place: PlaceOfLevels,
): unknown => scannerOf(first, second, keys, place).readOnce(text);

function scannerOf(first: string, second: string, { price, size }: RecordKeys, place: PlaceOfLevels): GapScanner {
  return sideScanner([first, second], place, recordReader(`{"${price}":`, `,"${size}":`), exactJson);
}

/** Reads `{"price":1797.24,"qty":0.43393711}`. */
const recordReader =
  (beforePrice: string, beforeSize: string): ReadRow<PriceLevel[]> =>
  (text, cursor, levels) => {
    const priceAt = cursor.at + beforePrice.length;
    const price = readNumber(text, beforePrice, cursor);
    const priceEnd = cursor.at;
    const priceDecimals = cursor.decimals;
    const sizeAt = priceEnd + beforeSize.length;
    const size = readNumber(text, beforeSize, cursor);
    const sizeEnd = cursor.at;
    if (Number.isNaN(price + size) || text.charCodeAt(cursor.at++) !== CLOSE) return false;
    const exact = { price: partOf(text, priceAt, priceEnd), size: partOf(text, sizeAt, sizeEnd) };
    levels.push(new PlainLevel(price, size, exact, spellingOf(priceDecimals, cursor.decimals)));
    return true;
  };

/** The plain number behind `before`; `NaN` where there is none. */
function readNumber(text: string, before: string, cursor: Cursor): number {
  if (!standsAt(text, before, cursor.at)) return NaN;
  const start = (cursor.at += before.length);
  const value = scanDecimal(text, cursor);
  // JSON has no zeros ahead of a number.
  const second = text.charCodeAt(start + 1);
  return text.charCodeAt(start) === ZERO && second >= ZERO && second <= NINE ? NaN : value;
}
