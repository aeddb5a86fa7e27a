import { PlainLevel, spellingOf } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { type Cursor, partOf, scanDecimal } from './scanDecimal.js';
import { type LevelScanner, type PlaceOfLevels, ScannedLevels, SideScanner } from './scanSides.js';

/** Under which names levels tell price and size. */
export interface RecordKeys {
  readonly price: string;
  readonly size: string;
}

/** How a list of levels is spelled: what stands between the numbers. */
interface Spelling {
  readonly beforePrice: string;
  readonly beforeSize: string;
}

const COMMA = 44;
const ZERO = 48;
const NINE = 57;
const CLOSE_LIST = 93;
const CLOSE = 125;

/**
 * What `levelScanner` is for levels that are records of JSON numbers: `"bids":[{"price":1797.24,"qty":0.43393711},…],"asks":[…]`.
 * The digits are kept as they stand in the text, zeros at the end and all, which `JSON.parse` would lose.
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

function scannerOf(first: string, second: string, { price, size }: RecordKeys, place: PlaceOfLevels): SideScanner {
  const spelling = { beforePrice: `{"${price}":`, beforeSize: `,"${size}":` };
  return new SideScanner(first, second, place, (text, opening, cursor) => readRecords(text, opening, spelling, cursor));
}

/** The list that begins where the cursor stands, which is left behind its end. */
function readRecords(
  text: string,
  opening: string,
  { beforePrice, beforeSize }: Spelling,
  cursor: Cursor,
): ScannedLevels | undefined {
  if (!text.startsWith(opening, cursor.at)) return undefined;
  cursor.at += opening.length;
  const levels: PriceLevel[] = [];
  let next = text.charCodeAt(cursor.at);
  if (next === CLOSE_LIST) cursor.at++;
  else next = COMMA;
  while (next === COMMA) {
    const priceAt = cursor.at + beforePrice.length;
    const price = readNumber(text, beforePrice, cursor);
    const priceEnd = cursor.at;
    const priceDecimals = cursor.decimals;
    const sizeAt = priceEnd + beforeSize.length;
    const size = readNumber(text, beforeSize, cursor);
    const sizeEnd = cursor.at;
    if (Number.isNaN(price + size) || text.charCodeAt(cursor.at++) !== CLOSE) return undefined;
    const exact = { price: partOf(text, priceAt, priceEnd), size: partOf(text, sizeAt, sizeEnd) };
    levels.push(new PlainLevel(price, size, exact, spellingOf(priceDecimals, cursor.decimals)));
    next = text.charCodeAt(cursor.at++);
  }
  return next === CLOSE_LIST ? new ScannedLevels(levels) : undefined;
}

/** The plain number behind `before`; `NaN` where there is none. */
function readNumber(text: string, before: string, cursor: Cursor): number {
  if (!text.startsWith(before, cursor.at)) return NaN;
  const start = (cursor.at += before.length);
  const value = scanDecimal(text, cursor);
  // JSON has no zeros ahead of a number.
  const second = text.charCodeAt(start + 1);
  return text.charCodeAt(start) === ZERO && second >= ZERO && second <= NINE ? NaN : value;
}
