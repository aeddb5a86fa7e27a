import type { Trade } from '../model/trade.js';

/** Which intervals candles have, and what they are called. */
export interface CandleSpan {
  /** In ms. */
  readonly length: number;
  readonly name: string;
}

/** A span, by default named by its length in the largest whole unit: `1m`, `90s`. */
export function spanOf(length: number, name = nameOf(length)): CandleSpan {
  return { length, name };
}

const DAY = 86_400_000;
/** 1970 began on a Thursday. */
const FIRST_MONDAY = 4 * DAY;

/** When the interval of a trade begins, in ms: a multiple of the length since 1970, in UTC; weeks begin on Mondays. */
export function openTimeOf({ venueTime }: Trade, { length }: CandleSpan): number {
  const first = length % (7 * DAY) === 0 ? FIRST_MONDAY : 0;
  return Math.floor((venueTime - first) / length) * length + first;
}

const UNITS = [
  ['d', DAY],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

function nameOf(length: number): string {
  const [unit, ms] = UNITS.find((entry) => length % entry[1] === 0) ?? ['ms', 1];
  return `${length / ms}${unit}`;
}

/** The length of the month that begins there, by UTC or by a clock that is ahead of it, in ms. */
export function monthFrom(openTime: number): number {
  // A beginning by a clock ahead of UTC is within the last day of the month before.
  const within = new Date(openTime + DAY);
  return DAY * new Date(Date.UTC(within.getUTCFullYear(), within.getUTCMonth() + 1, 0)).getUTCDate();
}
