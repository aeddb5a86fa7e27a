import type { Cursor } from './scanDecimal.js';
import { type ScannedNumber, scannedNumber } from './scanNumber.js';

/** A row of three numbers between two whole ones: `[7,[9000.1,1,-0.5],12]`. */
export interface ScannedRow {
  readonly before: number;
  readonly row: NumberRow;
  readonly behind: number;
}

/** Three numbers, the last of which may be below 0; no JSON can make one. */
export class NumberRow {
  constructor(
    readonly first: ScannedNumber,
    readonly second: ScannedNumber,
    readonly third: ScannedNumber,
    /** Whether the third is below 0. */
    readonly isNegative: boolean,
  ) {}

  /** As the venue sent them. */
  toJSON(): readonly number[] {
    const { value } = this.third;
    return [this.first.value, this.second.value, this.isNegative ? -value : value];
  }
}

// One by one, so that bundlers write the figures in.
const COMMA = 44;
const MINUS = 45;
const OPEN = 91;
const CLOSE = 93;
const cursor: Cursor = { at: 0, decimals: 0 };

/** Reads such a frame from its text; `undefined` for anything else, and for what is not as plain. */
export function scanNumberRow(text: string): ScannedRow | undefined {
  cursor.at = 0;
  const before = passes(text, OPEN) ? scannedNumber(text, cursor) : undefined;
  if (before?.decimals !== 0 || !passes(text, COMMA) || !passes(text, OPEN)) return undefined;
  const first = scannedNumber(text, cursor);
  const second = passes(text, COMMA) ? scannedNumber(text, cursor) : undefined;
  if (first === undefined || second === undefined || !passes(text, COMMA)) return undefined;
  const isNegative = passes(text, MINUS);
  const third = scannedNumber(text, cursor);
  // -0 is a number of its own.
  if (third === undefined || (isNegative && third.value === 0)) return undefined;
  const behind = passes(text, CLOSE) && passes(text, COMMA) ? scannedNumber(text, cursor) : undefined;
  if (behind?.decimals !== 0 || !passes(text, CLOSE) || cursor.at < text.length) return undefined;
  return { before: before.value, row: new NumberRow(first, second, third, isNegative), behind: behind.value };
}

/** Whether a character stands where the cursor does, which is then left behind it. Never read behind the end. */
function passes(text: string, code: number): boolean {
  const isThere = cursor.at < text.length && text.charCodeAt(cursor.at) === code;
  if (isThere) cursor.at += 1;
  return isThere;
}
