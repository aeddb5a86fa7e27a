import type { PriceLevel } from '../model/priceLevel.js';
import { LONGEST_DECIMAL } from './decimalOf.js';
import { type Cursor, type PlaceOfLevels, ScannedLevels, scanSides } from './scanSides.js';

// One by one, so that bundlers write the figures in.
const QUOTE = 34;
const COMMA = 44;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const OPEN = 91;
const CLOSE = 93;
/** From this length on a slice keeps the whole text alive that it is of (V8). */
const SLICED = 13;

/**
 * Parses a frame whose two lists of levels stand side by side as `"b":[["7.5040","813"],…],"a":[…]`, and reads these two
 * from the text itself. A frame of depth is little else; parsed the ordinary way each level makes an array to be thrown
 * away, and its digits are gone over twice. Half the time of `JSON.parse` and a codec.
 *
 * @param place Finds, in what is left of the frame, the object that they belong to.
 * @param more How many whole numbers in quotes follow price and size in each level; they are passed over.
 * @returns The frame with {@link ScannedLevels} in it; `undefined` where anything is not as plain as that, for the ordinary
 *   way to judge.
 */
export function scanLevels(text: string, first: string, second: string, place: PlaceOfLevels, more = 0): unknown {
  return scanSides(text, first, second, place, (opening, cursor) => readLevels(text, opening, cursor, more));
}

/** The list that begins with `opening` where the cursor stands, which is left behind its end. */
function readLevels(text: string, opening: string, cursor: Cursor, more: number): ScannedLevels | undefined {
  if (!text.startsWith(opening, cursor.at)) return undefined;
  cursor.at += opening.length;
  const levels: PriceLevel[] = [];
  let next = text.charCodeAt(cursor.at);
  if (next === CLOSE) cursor.at++;
  else next = COMMA;
  while (next === COMMA) {
    const price = readQuoted(text, OPEN, cursor);
    const priceText = cursor.text;
    const size = readQuoted(text, COMMA, cursor);
    if (Number.isNaN(price + size)) return undefined;
    const level = { price, size, exact: { price: priceText, size: cursor.text } };
    for (let i = 0; i < more; i += 1) passQuoted(text, cursor);
    if (text.charCodeAt(cursor.at++) !== CLOSE) return undefined;
    levels.push(level);
    next = text.charCodeAt(cursor.at++);
  }
  return next === CLOSE ? new ScannedLevels(levels) : undefined;
}

/** Leaves the cursor behind a comma and a whole number in quotes, or where nothing can go on. */
function passQuoted(text: string, cursor: Cursor): void {
  const isQuoted = text.charCodeAt(cursor.at) === COMMA && text.charCodeAt(cursor.at + 1) === QUOTE;
  let at = cursor.at + 2;
  while (text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= NINE) at++;
  cursor.at = isQuoted && text.charCodeAt(at) === QUOTE ? at + 1 : text.length;
}

/**
 * The decimal in quotes behind the sign `before`, and its text; `NaN` where there is none of as many digits as a double
 * holds. Checks and computes in one pass: the digits are exact, the divisor is, and one division of two exact numbers
 * rounds as reading the text would.
 */
function readQuoted(text: string, before: number, cursor: Cursor): number {
  if (text.charCodeAt(cursor.at) !== before || text.charCodeAt(cursor.at + 1) !== QUOTE) return NaN;
  const start = cursor.at + 2;
  let digits = 0;
  /** Ten to the number of decimals; 0 before the point. */
  let scale = 0;
  let at = start;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(++at)) {
    if (code >= ZERO && code <= NINE) {
      // In this order: added before the zero is taken away, the last digits of a full double would be rounded.
      digits = digits * 10 + (code - ZERO);
      scale *= 10;
    } else if (code === POINT && scale === 0 && at > start) scale = 1;
    else return NaN;
  }
  cursor.at = at + 1;
  const exact = text.slice(start, at);
  cursor.text = exact.length < SLICED ? exact : ` ${exact}`.slice(1);
  // Doubles hold these exactly.
  const isPlain = at > start && at - start <= LONGEST_DECIMAL && scale !== 1 && scale <= 1e22 && digits < 2 ** 53;
  return isPlain ? digits / (scale || 1) : NaN;
}
