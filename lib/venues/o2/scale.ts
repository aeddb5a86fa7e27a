import { millisOfNanos } from '../../codec/integers.js';
import { levelOfUnits } from '../../codec/levelOfUnits.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { O2Market } from './markets.js';

/** A level in human units: prices by the decimals of the quote asset, sizes by those of the base asset. */
export function levelIn({ base, quote }: O2Market, priceUnits: string, sizeUnits: string): PriceLevel {
  return levelOfUnits(priceUnits, quote.decimals, sizeUnits, base.decimals);
}

/** When the venue saw it, in ms; its clock, told in nanoseconds. */
export const seenAt = ({ seen_timestamp }: { readonly seen_timestamp?: string | undefined }): number | undefined =>
  seen_timestamp === undefined ? undefined : millisOfNanos(seen_timestamp);

/**
 * A time in ms of one whose unit is not documented: the SDKs say milliseconds, samples hold seconds, so its magnitude
 * decides. Below 10^11 (the year 5138 in seconds, 1973 in ms) it is seconds, below 10^14 ms, above nanoseconds.
 */
export function timeOf(text: string): number {
  const value = Number(text);
  if (value < 1e11) return value * 1_000;
  return value < 1e14 ? value : millisOfNanos(text);
}
