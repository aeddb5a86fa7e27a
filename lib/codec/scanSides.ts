import type { PriceLevel } from '../model/priceLevel.js';

/** A price and a size, as venues send them. */
export type Pair = readonly [price: string, size: string];

/** Levels as a venue sends them. */
export const pairsOf = (levels: readonly PriceLevel[]): readonly Pair[] =>
  levels.map(({ exact }) => [exact.price, exact.size]);

/** Levels that were read from the text of a frame. `Levels` takes them as they are; no JSON can make one. */
export class ScannedLevels {
  constructor(readonly levels: readonly PriceLevel[]) {}

  /** As the venue sent them. */
  toJSON(): readonly Pair[] {
    return pairsOf(this.levels);
  }
}

/** A place in a text that is being read. */
export interface Cursor {
  /** Where it stands. */
  at: number;
  /** The text read last. */
  text: string;
}

/** Finds, in what is left of a frame without its levels, the object that they belong to. */
export type PlaceOfLevels = (frame: unknown) => Record<string, unknown> | undefined;

/**
 * Parses a frame whose two lists of levels stand side by side, and has these read from the text itself.
 *
 * @param readList Reads the list that begins with `opening` where the cursor stands, and leaves the cursor behind its end.
 * @returns The frame with {@link ScannedLevels} in it; `undefined` where anything is not as plain as that, for the ordinary
 *   way to judge.
 */
export function scanSides(
  text: string,
  first: string,
  second: string,
  place: PlaceOfLevels,
  readList: (opening: string, cursor: Cursor) => ScannedLevels | undefined,
): unknown {
  const from = text.indexOf(`"${first}":[`);
  const cursor = { at: from, text: '' };
  const ones = readList(`"${first}":[`, cursor);
  const others = ones && readList(`,"${second}":[`, cursor);
  if (others === undefined) return undefined;
  const frame: unknown = JSON.parse(`${text.slice(0, from)}"${first}":1,"${second}":2${text.slice(cursor.at)}`);
  const home = place(frame);
  // A key told twice, or at another place.
  if (home?.[first] !== 1 || home[second] !== 2) return undefined;
  home[first] = ones;
  home[second] = others;
  return frame;
}
