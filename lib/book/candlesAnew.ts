import type { Candle } from '../model/candle.js';
import { compareDecimals } from './decimals.js';

/** A candle that was told behind a newer one and the one before that, and how often in a row it was told with another content. */
export interface CandleBehind {
  readonly candle: Candle;
  readonly tellings: number;
}

/**
 * So often in a row, and it is the present one: the venue's clock was set back, or what seemed newer was of no time at all. What
 * is told late, and a past that is repeated, tell each candle once.
 */
const TELLINGS = 3;

/** What is behind once one more candle of there was told; those that go on with the newest end it. */
export function behindWith(behind: CandleBehind | undefined, candle: Candle): CandleBehind {
  if (behind?.candle.openTime !== candle.openTime) return { candle, tellings: 1 };
  return isSameCandle(behind.candle, candle) ? behind : { candle, tellings: behind.tellings + 1 };
}

/** Whether the beginnings of candles begin anew with it. */
export const isAnew = ({ tellings }: CandleBehind): boolean => tellings >= TELLINGS;

/** Whether two tellings of a candle say the same. */
export const isSameCandle = (a: Candle, b: Candle): boolean =>
  a.closed === b.closed &&
  (['open', 'high', 'low', 'close', 'volume'] as const).every(
    (key) => compareDecimals(a.exact[key], b.exact[key]) === 0,
  );
