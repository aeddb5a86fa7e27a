import { isJsonObject } from './jsonObject.js';
import type { PlaceOfLevels } from './scanSides.js';

/** Levels stand beside whatever else a frame says. */
export const atTop: PlaceOfLevels = (frame) => (isRecord(frame) ? frame : undefined);

/** Levels stand in the frame's `data`. */
export const inData: PlaceOfLevels = (frame) => atTop(dataOf(frame));

/** Levels stand in the one entry of the frame's list `data`; where there are several, it is not told whose they are. */
export const inOnlyData: PlaceOfLevels = (frame) => {
  const data = dataOf(frame);
  if (!Array.isArray(data)) return undefined;
  const [first, ...others] = data as readonly unknown[];
  return others.length === 0 ? atTop(first) : undefined;
};

const dataOf = (frame: unknown): unknown => (isJsonObject(frame) ? frame['data'] : undefined);

/** As it was parsed, so that it may be filled in. */
const isRecord = (u: unknown): u is Record<string, unknown> => isJsonObject(u);
