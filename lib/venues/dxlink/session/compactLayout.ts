import type { Columns } from '../columns.js';
import { type DxLinkEvent, type DxLinkEventType, isEventType, requestedFields, rowReader } from '../eventTypes.js';
import { fieldName } from './feedData.js';

/** The columns of one type's rows. */
export interface Layout {
  readonly type: DxLinkEventType;
  /** What stands before the first row. */
  readonly opening: string;
  /** Which of the columns that are asked for are there. */
  readonly isThere: readonly boolean[];
  readonly read: (row: Columns) => DxLinkEvent;
  /** What columns of texts held last, and what that is read as: most of them hold the same in the next row. */
  readonly texts: string[];
  readonly values: unknown[];
}

/** How rows of a type are laid out; `undefined`: not in a plain way. */
export type LayoutOf = (type: string) => Layout | undefined;

/**
 * How rows of a type are laid out whose columns were granted in the order in which they are asked for, some of them left out;
 * `undefined` for any other.
 */
export function layoutOf(type: string, granted: readonly string[]): Layout | undefined {
  if (!isEventType(type) || granted[0] !== 'eventSymbol') return undefined;
  let at = 1;
  const wanted = requestedFields(type).slice(1).map(fieldName);
  const isThere = wanted.map((field) => {
    const isNext = granted[at] === field;
    if (isNext) at += 1;
    return isNext;
  });
  if (at !== granted.length) return undefined;
  return { type, opening: `"${type}",[`, isThere: [true, ...isThere], read: rowReader(type), texts: [], values: [] };
}
