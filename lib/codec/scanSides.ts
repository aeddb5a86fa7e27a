import type { PriceLevel } from '../model/priceLevel.js';
import type { JsonReading } from './jsonReading.js';
import { type Gap, GapScanner, type PlaceOfLevels } from './gapScanner.js';
import { type ReadRow, readRows } from './readRows.js';

export type { LevelScanner, PlaceOfLevels } from './gapScanner.js';

/** A price and a size, as venues send them. */
export type Pair = readonly [price: string, size: string];

/** Levels as a venue sends them. */
export const pairsOf = (levels: readonly PriceLevel[]): readonly Pair[] =>
  levels.map(({ exact }) => [exact.price, exact.size]);

/** Levels that were read from the text of a frame. Codecs of levels take them as they are; no JSON can make one. */
export class ScannedLevels {
  constructor(readonly levels: readonly PriceLevel[]) {}

  /** As the venue sent them. */
  toJSON(): readonly Pair[] {
    return pairsOf(this.levels);
  }
}

/**
 * Parses frames whose two lists of levels stand side by side, `"bids":[…],"asks":[…]`, and has these read from the text itself.
 *
 * @param readRow Reads one level.
 * @param json How what is around them is read. Default: as `JSON.parse` does.
 */
export function sideScanner(
  names: readonly [first: string, second: string],
  place: PlaceOfLevels,
  readRow: ReadRow<PriceLevel[]>,
  json?: JsonReading,
): GapScanner {
  const [opening, next] = [`"${names[0]}":[`, `,"${names[1]}":[`];
  const read: Gap['read'] = (text, cursor) => {
    const ones = readRows(text, opening, cursor, [], readRow);
    const others = ones && readRows(text, next, cursor, [], readRow);
    return others && [new ScannedLevels(ones), new ScannedLevels(others)];
  };
  return new GapScanner({ names, read }, place, json);
}

/** The same of two lists in one, `"levels":[[…],[…]]`. */
export function nestedSideScanner(name: string, place: PlaceOfLevels, readRow: ReadRow<PriceLevel[]>): GapScanner {
  const opening = `"${name}":[[`;
  const read: Gap['read'] = (text, cursor) => {
    const ones = readRows(text, opening, cursor, [], readRow);
    const others = ones && readRows(text, ',[', cursor, [], readRow);
    if (others === undefined || text.charCodeAt(cursor.at++) !== CLOSE) return undefined;
    return [[new ScannedLevels(ones ?? []), new ScannedLevels(others)]];
  };
  return new GapScanner({ names: [name], read }, place);
}
const CLOSE = 93;

/** Levels of both sides that were read from one list. */
export class ScannedSides {
  readonly bids: PriceLevel[] = [];
  readonly asks: PriceLevel[] = [];
}

/** The same of one list of both sides, whose rows say which they are of. */
export function mixedSideScanner(
  name: string,
  place: PlaceOfLevels,
  { bid, ask }: { readonly bid: ReadRow<PriceLevel[]>; readonly ask: ReadRow<PriceLevel[]> },
): GapScanner {
  const opening = `"${name}":[`;
  const readRow: ReadRow<ScannedSides> = (text, cursor, { bids, asks }) => {
    const { at } = cursor;
    if (bid(text, cursor, bids)) return true;
    cursor.at = at;
    return ask(text, cursor, asks);
  };
  const read: Gap['read'] = (text, cursor) => {
    const sides = readRows(text, opening, cursor, new ScannedSides(), readRow);
    return sides && [sides];
  };
  return new GapScanner({ names: [name], read }, place);
}
