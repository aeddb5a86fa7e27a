import type { Instrument } from '../model/instrument.js';
import { ceilToStep, compareDecimals, floorToStep, subtractDecimals } from './decimals.js';

/** Which way a price is rounded: to the tick below, above, or next to it; halfway, up. */
export type TickRounding = 'down' | 'up' | 'nearest';

/**
 * The price on the tick of an instrument, as exact text with the decimals of the tick: what an order may say.
 *
 * @param price In quote units. A text is taken digit for digit.
 * @throws RangeError when it is no decimal number, or the tick is none above 0.
 */
export function roundToTick(
  price: string | number,
  { tick }: Pick<Instrument, 'tick'>,
  rounding: TickRounding = 'nearest',
): string {
  const text = String(price);
  const [below, above] = [floorToStep(text, tick), ceilToStep(text, tick)];
  if (rounding !== 'nearest') return rounding === 'down' ? below : above;
  const isNearerBelow = compareDecimals(subtractDecimals(text, below), subtractDecimals(above, text)) < 0;
  return isNearerBelow ? below : above;
}

/** A price as the instrument's prices are written: with as many decimals as its tick has. Otherwise as {@link roundToTick}. */
export const formatPrice = (price: string | number, instrument: Pick<Instrument, 'tick'>): string =>
  roundToTick(price, instrument);

/** A decimal text without zeros at its end: `0.01000000` is `0.01`, `10.0` is `10`. */
export const plainDecimal = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** The name of an instrument at every venue: see `Instrument.unified`. */
export function unifiedName({
  base,
  quote,
  settle,
  expiry,
}: Pick<Instrument, 'base' | 'quote' | 'settle' | 'expiry'>): string {
  const contract = settle === undefined ? '' : `:${settle}`;
  const day = expiry === undefined ? '' : `-${new Date(expiry).toISOString().slice(2, 10).replaceAll('-', '')}`;
  return `${base}/${quote}${contract}${day}`;
}
