import { PlainLevel, spellingOf } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import type { LevelScanner, PlaceOfLevels } from './gapScanner.js';
import type { ReadRow } from './readRows.js';
import { partOf, standsAt } from './scanDecimal.js';
import { scanNumber, shortestEnd } from './scanNumber.js';
import { sideScanner } from './scanSides.js';

// One by one, so that bundlers write the figures in.
const COMMA = 44;
const CLOSE = 93;

/**
 * What `levelScanner` is for levels that are rows of a word and two JSON numbers: `"bids":[["change",1797.5,10.0],…],"asks":[…]`.
 * As of any JSON numbers the texts are the shortest that read back the same: without zeros at their ends.
 *
 * @param words What a row may begin with, and whether its level is removed, whatever its size.
 * @param place Finds, in what is left of the frame, the object that they belong to.
 */
export function changeScanner(
  first: string,
  second: string,
  words: Readonly<Record<string, 'set' | 'removed'>>,
  place: PlaceOfLevels,
): LevelScanner {
  const openings = Object.entries(words).map(([word, news]): Opening => [`["${word}",`, news === 'removed']);
  return sideScanner([first, second], place, changeReader(openings));
}

/** What a row begins with, and whether it removes. */
type Opening = readonly [string, boolean];

/** Reads `["change",1797.5,10.0]`. */
const changeReader =
  (openings: readonly Opening[]): ReadRow<PriceLevel[]> =>
  (text, cursor, levels) => {
    const row = openingAt(text, cursor.at, openings);
    if (row === undefined) return false;
    const [word, isRemoved] = row;
    const priceAt = (cursor.at += word.length);
    const price = scanNumber(text, cursor);
    const exactPrice = partOf(text, priceAt, shortestEnd(text, cursor));
    const priceDecimals = cursor.decimals;
    if (text.charCodeAt(cursor.at++) !== COMMA) return false;
    const sizeAt = cursor.at;
    const size = scanNumber(text, cursor);
    if (Number.isNaN(price + size) || text.charCodeAt(cursor.at) !== CLOSE) return false;
    const exactSize = isRemoved ? '0' : partOf(text, sizeAt, shortestEnd(text, cursor));
    const spelling = spellingOf(priceDecimals, isRemoved ? 0 : cursor.decimals);
    levels.push(new PlainLevel(price, isRemoved ? 0 : size, { price: exactPrice, size: exactSize }, spelling));
    cursor.at += 1;
    return true;
  };

/** By a loop: each level asks. */
function openingAt(text: string, at: number, openings: readonly Opening[]): Opening | undefined {
  for (const opening of openings) if (standsAt(text, opening[0], at)) return opening;
  return undefined;
}
