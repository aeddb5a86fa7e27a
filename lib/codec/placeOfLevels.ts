import type { PlaceOfLevels } from './gapScanner.js';
import { isJsonObject } from './jsonObject.js';

/** Levels stand beside whatever else a frame says. */
export const atTop: PlaceOfLevels = (frame) => (isRecord(frame) ? frame : undefined);

/** Levels stand under that key of a frame, at a place there. Default: right there. */
export const under =
  (key: string, place = atTop): PlaceOfLevels =>
  (frame) =>
    place(isJsonObject(frame) ? frame[key] : undefined);

/** Levels stand in the frame's `data`. */
export const inData = under('data');

/** Levels stand in the one entry of a list; where there are several, it is not told whose they are. */
export const inOnlyEntry: PlaceOfLevels = (list) => {
  if (!Array.isArray(list)) return undefined;
  const [first, ...others] = list as readonly unknown[];
  return others.length === 0 ? atTop(first) : undefined;
};

/** Levels stand in the one entry of the frame's list `data`. */
export const inOnlyData = under('data', inOnlyEntry);

/** As it was parsed, so that it may be filled in. */
const isRecord = (u: unknown): u is Record<string, unknown> => isJsonObject(u);
