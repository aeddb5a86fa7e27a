import type { Cursor } from '../../codec/scanDecimal.js';
import { type ScannedNumber, scannedNumber } from '../../codec/scanNumber.js';

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
    readonly first: ScannedNumber,
    readonly second: ScannedNumber,
    readonly third: ScannedNumber,
    /** Whether the third is below 0. */
    readonly isNegative: boolean,
  ) {}

  /** Of a bid it is above 0. */
  get isBid(): boolean {
    return !this.isNegative && this.third.value > 0;
  }

  /** As the venue sent them. */
  toJSON(): readonly number[] {
    const { value } = this.third;
    return [this.first.value, this.second.value, this.isNegative ? -value : value];
  }
}

/** What a row that removes something leaves. */
export const NOTHING: ScannedNumber = { value: 0, text: '0', decimals: 0 };

// One by one, so that bundlers write the figures in.
const COMMA = 44;
const MINUS = 45;
const OPEN = 91;
const CLOSE = 93;
const cursor: Cursor = { at: 0, decimals: 0 };

/** Reads such a list from its text; `undefined` for anything else, and for what is not as plain. */
export function scanRow(text: string): ScannedRow | undefined {
  cursor.at = 0;
  const chanId = passes(text, OPEN) ? scannedNumber(text, cursor) : undefined;
  if (chanId?.decimals !== 0 || !passes(text, COMMA) || !passes(text, OPEN)) return undefined;
  const first = scannedNumber(text, cursor);
  const second = passes(text, COMMA) ? scannedNumber(text, cursor) : undefined;
  if (first === undefined || second === undefined || !passes(text, COMMA)) return undefined;
  const isNegative = passes(text, MINUS);
  const third = scannedNumber(text, cursor);
  // -0 is a number of its own.
  if (third === undefined || (isNegative && third.value === 0)) return undefined;
  const number = passes(text, CLOSE) && passes(text, COMMA) ? scannedNumber(text, cursor) : undefined;
  if (number?.decimals !== 0 || !passes(text, CLOSE) || cursor.at < text.length) return undefined;
  return { chanId: chanId.value, number: number.value, row: new BookRow(first, second, third, isNegative) };
}

/** Whether a character stands where the cursor does, which is then left behind it. Never read behind the end. */
function passes(text: string, code: number): boolean {
  const isThere = cursor.at < text.length && text.charCodeAt(cursor.at) === code;
  if (isThere) cursor.at += 1;
  return isThere;
}
