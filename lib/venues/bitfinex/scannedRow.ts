import { type Cursor, partOf } from '../../codec/scanDecimal.js';
import { scanNumber, shortestEnd } from '../../codec/scanNumber.js';
import { ODD } from '../../model/plainLevel.js';

/** A number of a row: its shortest text, without a sign, and how many decimals that has. */
export interface ScannedCell {
  readonly value: number;
  readonly text: string;
  readonly decimals: number;
}

/** A list of a channel that is one row of three numbers, as most of a book are: `[7,[9000.1,1,-0.5],12]`. */
export interface ScannedRow {
  /** The channel's number. */
  readonly chanId: number;
  /** That of the list. */
  readonly number: number;
  readonly row: BookRow;
}

/** The three numbers of a row of a book, the last of which may be below 0; no JSON can make one. */
export class BookRow {
  constructor(
    readonly first: ScannedCell,
    readonly second: ScannedCell,
    readonly third: ScannedCell,
  ) {}

  /** As the venue sent them. */
  toJSON(): readonly number[] {
    return [this.first.value, this.second.value, this.third.value];
  }
}

/** What a row that removes something leaves. */
export const NOTHING: ScannedCell = { value: 0, text: '0', decimals: 0 };

// One by one, so that bundlers write the figures in.
const COMMA = 44;
const MINUS = 45;
const OPEN = 91;
const CLOSE = 93;
const cursor: Cursor = { at: 0, decimals: ODD };

/** Reads such a list from its text; `undefined` for anything else, and for what is not as plain. */
export function scanRow(text: string): ScannedRow | undefined {
  cursor.at = 0;
  if (!passes(text, OPEN)) return undefined;
  const chanId = wholeAt(text);
  if (!passes(text, COMMA) || !passes(text, OPEN)) return undefined;
  const first = cellAt(text);
  if (first === undefined || !passes(text, COMMA)) return undefined;
  const second = cellAt(text);
  if (second === undefined || !passes(text, COMMA)) return undefined;
  const isNegative = passes(text, MINUS);
  const third = cellAt(text, isNegative);
  if (third === undefined || !passes(text, CLOSE) || !passes(text, COMMA)) return undefined;
  const number = wholeAt(text);
  const isWhole = passes(text, CLOSE) && cursor.at === text.length && !Number.isNaN(chanId + number);
  return isWhole ? { chanId, number, row: new BookRow(first, second, third) } : undefined;
}

/** Whether a character stands where the cursor does, which is then left behind it. Never read behind the end. */
function passes(text: string, code: number): boolean {
  const isThere = cursor.at < text.length && text.charCodeAt(cursor.at) === code;
  if (isThere) cursor.at += 1;
  return isThere;
}

function wholeAt(text: string): number {
  const value = scanNumber(text, cursor);
  return cursor.decimals === 0 ? value : NaN;
}

function cellAt(text: string, isNegative = false): ScannedCell | undefined {
  const at = cursor.at;
  const value = scanNumber(text, cursor);
  // -0 is a number of its own.
  if (Number.isNaN(value) || (isNegative && value === 0)) return undefined;
  const shortest = partOf(text, at, shortestEnd(text, cursor));
  return { value: isNegative ? -value : value, text: shortest, decimals: cursor.decimals };
}
