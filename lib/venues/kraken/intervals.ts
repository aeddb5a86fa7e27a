import { checkOneOf } from '../../errors/checks.js';

/** Every interval the venue has candles of, in minutes. */
export const krakenIntervals = ['1', '5', '15', '30', '60', '240', '1440', '10080', '21600'] as const;
/** Minutes, as a text: `5`; `1440` is a day, `10080` a week, `21600` fifteen days. */
export type KrakenInterval = (typeof krakenIntervals)[number];

/** Callers without types are told, too. */
export function checkInterval(interval: KrakenInterval): void {
  checkOneOf('interval', krakenIntervals, interval);
}

/** Its length in ms. */
export const lengthOf = (interval: number | string): number => Number(interval) * 60_000;
