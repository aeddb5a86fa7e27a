import type { PriceLevel } from '../model/priceLevel.js';
import { LONGEST_DECIMAL } from './decimalOf.js';
import { type Cursor, type PlaceOfLevels, ScannedLevels, scanSides } from './scanSides.js';

/** Under which names levels tell price and size. */
export interface RecordKeys {
  readonly price: string;
  readonly size: string;
}

/** How a list of levels is spelled: what stands between the numbers. */
interface Spelling {
  readonly opening: string;
  readonly beforePrice: string;
  readonly beforeSize: string;
}

const COMMA = 44;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const CLOSE_LIST = 93;
const CLOSE = 125;

/**
 * What `scanLevels` is for levels that are records of JSON numbers: `"bids":[{"price":1797.24,"qty":0.43393711},…],"asks":[…]`.
 * The digits are kept as they stand in the text, zeros at the end and all, which `JSON.parse` would lose.
 *
 * @param place Finds, in what is left of the frame, the object that they belong to.
 * @returns The frame with {@link ScannedLevels} in it; `undefined` where anything is not as plain as that, for the ordinary
 *   way to judge.
 */
export function scanRecords(
  text: string,
  first: string,
  second: string,
  keys: RecordKeys,
  place: PlaceOfLevels,
): unknown {
  const between = { beforePrice: `{"${keys.price}":`, beforeSize: `,"${keys.size}":` };
  return scanSides(text, first, second, place, (opening, cursor) => readRecords(text, { opening, ...between }, cursor));
}

/** The list that begins where the cursor stands, which is left behind its end. */
function readRecords(text: string, spelling: Spelling, cursor: Cursor): ScannedLevels | undefined {
  const { opening, beforePrice, beforeSize } = spelling;
  if (!text.startsWith(opening, cursor.at)) return undefined;
  cursor.at += opening.length;
  const levels: PriceLevel[] = [];
  let next = text.charCodeAt(cursor.at);
  if (next === CLOSE_LIST) cursor.at++;
  else next = COMMA;
  while (next === COMMA) {
    const price = readNumber(text, beforePrice, cursor);
    const priceText = cursor.text;
    const size = readNumber(text, beforeSize, cursor);
    if (Number.isNaN(price + size) || text.charCodeAt(cursor.at++) !== CLOSE) return undefined;
    levels.push({ price, size, exact: { price: priceText, size: cursor.text } });
    next = text.charCodeAt(cursor.at++);
  }
  return next === CLOSE_LIST ? new ScannedLevels(levels) : undefined;
}

/**
 * The plain number behind `before`, and its text; `NaN` where there is none of as many digits as a double holds. Checks and
 * computes in one pass, as `scanLevels` does.
 */
function readNumber(text: string, before: string, cursor: Cursor): number {
  if (!text.startsWith(before, cursor.at)) return NaN;
  const start = cursor.at + before.length;
  let digits = 0;
  /** Ten to the number of decimals; 0 before the point. */
  let scale = 0;
  let at = start;
  for (let code = text.charCodeAt(at); ; code = text.charCodeAt(++at)) {
    if (code >= ZERO && code <= NINE) {
      digits = digits * 10 + (code - ZERO);
      scale *= 10;
    } else if (code === POINT && scale === 0 && at > start) scale = 1;
    else break;
  }
  cursor.at = at;
  // Not a slice, which would keep the whole text alive.
  cursor.text = ` ${text.slice(start, at)}`.slice(1);
  // JSON has no zeros ahead of a number.
  const second = text.charCodeAt(start + 1);
  const isPadded = text.charCodeAt(start) === ZERO && second >= ZERO && second <= NINE;
  // Doubles hold these exactly.
  const isPlain = at > start && at - start <= LONGEST_DECIMAL && scale !== 1 && scale <= 1e22 && digits < 2 ** 53;
  return isPlain && !isPadded ? digits / (scale || 1) : NaN;
}
