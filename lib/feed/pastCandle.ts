import { makeCandle } from '../codec/makeCandle.js';
import type { Candle } from '../model/candle.js';

/** A candle as an answer about the past has it. */
export interface PastCandle extends Pick<Candle, 'instrument' | 'interval' | 'openTime' | 'exact' | 'trades'> {
  /** In ms. */
  readonly length: number;
  /** Where the venue says so. The others are over where a later one is there. */
  readonly closed?: boolean | undefined;
}

/** The same as a candle. */
export const pastCandle = (past: PastCandle, receivedTime: number): Candle => {
  const { instrument, interval, openTime, length, exact, trades, closed = false } = past;
  const closeTime = openTime + length - 1;
  return makeCandle({ instrument, interval, openTime, closeTime, trades, closed, receivedTime }, exact);
};
