import { PlainLevel, spellingOf } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import type { ReadRow } from './readRows.js';
import { type Cursor, partOf, scanDecimal, standsAt } from './scanDecimal.js';

/**
 * What differs from row to row: the price, the size, a whole number, one that is never below that of the row before, and a text
 * without escapes. Price and size are kept digit for digit; the others are passed over.
 */
export type RowHole = 'price' | 'size' | 'whole' | 'sequence' | 'text';

// One by one, so that bundlers write the figures in.
const QUOTE = 34;
const ZERO = 48;
const NINE = 57;
const BACKSLASH = 92;
/** Of so many digits a double holds any number. */
const MOST_DIGITS = 15;

/**
 * Reads levels that are spelled to the letter as in a template: `` rowReader`["${'price'}","${'size'}"]` `` reads
 * `["7.5040","813"]`. What stands in quotes may have zeros ahead, a JSON number not.
 */
export function rowReader(literals: TemplateStringsArray, ...holes: readonly RowHole[]): ReadRow<PriceLevel[]> {
  const parts = holes.map((hole, i): Part => {
    const before = literals[i] ?? '';
    return { hole, before, isBare: !before.endsWith('"') };
  });
  const end = literals[holes.length] ?? '';
  const passed: Passed = { sequence: 0, text: '' };
  const price = { value: NaN, text: '', decimals: 0 };
  const size = { value: NaN, text: '', decimals: 0 };
  return (text, cursor, levels) => {
    for (const { hole, before, isBare } of parts) {
      if (!standsAt(text, before, cursor.at)) return false;
      const at = (cursor.at += before.length);
      if (hole === 'price' || hole === 'size') {
        const read = hole === 'price' ? price : size;
        read.value = scanDecimal(text, cursor);
        if (Number.isNaN(read.value)) return false;
        read.text = partOf(text, at, cursor.at);
        read.decimals = cursor.decimals;
      } else if (!pass(text, cursor, hole, passed, levels.length === 0)) return false;
      if (isBare && hasZeroAhead(text, at)) return false;
    }
    if (!standsAt(text, end, cursor.at)) return false;
    cursor.at += end.length;
    const exact = { price: price.text, size: size.text };
    levels.push(new PlainLevel(price.value, size.value, exact, spellingOf(price.decimals, size.decimals)));
    return true;
  };
}

interface Part {
  readonly hole: RowHole;
  /** What of the row stands before it. */
  readonly before: string;
  /** Whether it stands there without quotes. */
  readonly isBare: boolean;
}

/** What was passed over last. */
interface Passed {
  sequence: number;
  text: string;
}

/** Leaves the cursor behind what is passed over; whether that can be. */
function pass(text: string, cursor: Cursor, hole: RowHole, passed: Passed, isFirst: boolean): boolean {
  if (hole === 'text') return passText(text, cursor, passed);
  const start = cursor.at;
  let [at, value] = [start, 0];
  for (let code = text.charCodeAt(at); code >= ZERO && code <= NINE; code = text.charCodeAt(++at)) {
    value = value * 10 + (code - ZERO);
  }
  cursor.at = at;
  if (at === start || at - start > MOST_DIGITS) return false;
  if (hole === 'whole') return true;
  const isInOrder = isFirst || value >= passed.sequence;
  passed.sequence = value;
  return isInOrder;
}

/** Texts of rows mostly are those of the row before. */
function passText(text: string, cursor: Cursor, passed: Passed): boolean {
  const start = cursor.at;
  let at = start + passed.text.length;
  if (text.charCodeAt(at) === QUOTE && standsAt(text, passed.text, start)) {
    cursor.at = at;
    return true;
  }
  at = start;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(++at)) {
    // Not so by NaN either, behind the end.
    if (!(code >= 32) || code === BACKSLASH) return false;
  }
  passed.text = partOf(text, start, at);
  cursor.at = at;
  return true;
}

function hasZeroAhead(text: string, at: number): boolean {
  const second = text.charCodeAt(at + 1);
  return text.charCodeAt(at) === ZERO && second >= ZERO && second <= NINE;
}
