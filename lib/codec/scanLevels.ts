import { PlainLevel, spellingOf } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import type { GapScanner, LevelScanner, PlaceOfLevels } from './gapScanner.js';
import type { ReadRow } from './readRows.js';
import { type Cursor, partOf, scanDecimal } from './scanDecimal.js';
import { sideScanner } from './scanSides.js';

// One by one, so that bundlers write the figures in.
const QUOTE = 34;
const COMMA = 44;
const ZERO = 48;
const NINE = 57;
const OPEN = 91;
const CLOSE = 93;

/**
 * Reads frames whose two lists of levels stand side by side as `"b":[["7.5040","813"],…],"a":[…]`: these two from the text
 * itself, and what is around them by the shape that it had in a frame before. A frame of depth is little else; parsed the
 * ordinary way each level makes an array to be thrown away, and its digits are gone over twice. A third of the time of
 * `JSON.parse` and a codec. One for each wire.
 *
 * @param place Finds, in what is left of the frame, the object that they belong to.
 * @param more How many whole numbers in quotes follow price and size in each level; they are passed over.
 */
export const levelScanner = (first: string, second: string, place: PlaceOfLevels, more = 0): LevelScanner =>
  scannerOf(first, second, place, more);

/** The same of a single text. */
export const scanLevels = (text: string, first: string, second: string, place: PlaceOfLevels, more = 0): unknown =>
  scannerOf(first, second, place, more).readOnce(text);

const scannerOf = (first: string, second: string, place: PlaceOfLevels, more: number): GapScanner =>
  sideScanner([first, second], place, pairReader(more));

/** Reads `["7.5040","813"]`, or one with more behind. */
const pairReader =
  (more: number): ReadRow<PriceLevel[]> =>
  (text, cursor, levels) => {
    const priceAt = cursor.at + 2;
    const price = readQuoted(text, OPEN, cursor);
    const priceEnd = cursor.at - 1;
    const priceDecimals = cursor.decimals;
    const sizeAt = cursor.at + 2;
    const size = readQuoted(text, COMMA, cursor);
    const sizeEnd = cursor.at - 1;
    if (Number.isNaN(price + size)) return false;
    const exact = { price: partOf(text, priceAt, priceEnd), size: partOf(text, sizeAt, sizeEnd) };
    levels.push(new PlainLevel(price, size, exact, spellingOf(priceDecimals, cursor.decimals)));
    for (let i = 0; i < more; i += 1) passQuoted(text, cursor);
    return text.charCodeAt(cursor.at++) === CLOSE;
  };

/** Leaves the cursor behind a comma and a whole number in quotes, or where nothing can go on. */
function passQuoted(text: string, cursor: Cursor): void {
  const isQuoted = text.charCodeAt(cursor.at) === COMMA && text.charCodeAt(cursor.at + 1) === QUOTE;
  let at = cursor.at + 2;
  while (text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= NINE) at++;
  cursor.at = isQuoted && text.charCodeAt(at) === QUOTE ? at + 1 : text.length;
}

/** The decimal in quotes behind the sign `before`; `NaN` where there is none. */
function readQuoted(text: string, before: number, cursor: Cursor): number {
  if (text.charCodeAt(cursor.at) !== before || text.charCodeAt(cursor.at + 1) !== QUOTE) return NaN;
  cursor.at += 2;
  const value = scanDecimal(text, cursor);
  return text.charCodeAt(cursor.at++) === QUOTE ? value : NaN;
}
