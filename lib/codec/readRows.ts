import { type Cursor, standsAt } from './scanDecimal.js';

// One by one, so that bundlers write the figures in.
const COMMA = 44;
const CLOSE = 93;

/** Reads one row where the cursor stands, which is left behind it, and puts it into `rows`. Whether it is plain. */
export type ReadRow<T> = (text: string, cursor: Cursor, rows: T) => boolean;

/**
 * Reads the list that begins with `opening` where the cursor stands, row by row, and leaves the cursor behind its end.
 *
 * @returns What the rows were put into; `undefined` where anything is not plain.
 */
export function readRows<T>(
  text: string,
  opening: string,
  cursor: Cursor,
  rows: T,
  readRow: ReadRow<T>,
): T | undefined {
  if (!standsAt(text, opening, cursor.at)) return undefined;
  cursor.at += opening.length;
  let next = text.charCodeAt(cursor.at);
  if (next === CLOSE) cursor.at += 1;
  else next = COMMA;
  while (next === COMMA) {
    if (!readRow(text, cursor, rows)) return undefined;
    next = text.charCodeAt(cursor.at);
    cursor.at += 1;
  }
  return next === CLOSE ? rows : undefined;
}
