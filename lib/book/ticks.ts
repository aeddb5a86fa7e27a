import { type OptionRule, checkKind, oneOf } from '../errors/optionRules.js';
import type { Instrument } from '../model/instrument.js';
import { ceilToStep, compareDecimals, floorToStep, subtractDecimals } from './decimals.js';

/** Which way a price is rounded: to the tick below, above, or next to it; halfway, up. */
export type TickRounding = 'down' | 'up' | 'nearest';

/** What the step of a price is told by. */
export type PriceStep = Pick<Instrument, 'tick' | 'priceDigits'>;

const anInstrument: OptionRule = [
  (value: unknown): boolean => typeof (Object(value) as { readonly tick?: unknown }).tick === 'string',
  'an instrument: its tick',
];
const aRounding = oneOf('down', 'up', 'nearest');

/**
 * The price on the tick of an instrument, as exact text with the decimals of the tick: what an order may say. Where the venue
 * bounds how many digits of a price count, the step is that of the last one.
 *
 * @param price In quote units. A text is taken digit for digit.
 * @throws InvalidArgumentError for an instrument without a tick, or another rounding.
 * @throws RangeError when it is no decimal number, or the tick is none above 0.
 */
export function roundToTick(price: string | number, instrument: PriceStep, rounding: TickRounding = 'nearest'): string {
  checkKind('instrument', anInstrument, instrument);
  checkKind('rounding', aRounding, rounding);
  const { tick, priceDigits } = instrument;
  const text = String(price);
  const step = priceDigits === undefined ? tick : stepOf(text, tick, priceDigits);
  const [below, above] = [floorToStep(text, step), ceilToStep(text, step)];
  if (rounding !== 'nearest') return rounding === 'down' ? below : above;
  const isNearerBelow = compareDecimals(subtractDecimals(text, below), subtractDecimals(above, text)) < 0;
  return isNearerBelow ? below : above;
}

/** The step at a price of which so many digits count: at least the tick, and at most 1 where that is more than a tick. */
function stepOf(price: string, tick: string, digits: number): string {
  const [whole = '', fraction = ''] = price.replace(/^-?0*/, '').split('.');
  // How many decimals are left behind the digits that count; of a price below 1 its leading zeros don't.
  const decimals = digits - (whole === '' ? -(/^0*/.exec(fraction)?.[0].length ?? 0) : whole.length);
  const step = decimals > 0 ? `0.${'1'.padStart(decimals, '0')}` : '1';
  return compareDecimals(step, tick) > 0 ? step : tick;
}

/** A price as the instrument's prices are written: with as many decimals as its tick has. Otherwise as {@link roundToTick}. */
export const formatPrice = (price: string | number, instrument: PriceStep): string => roundToTick(price, instrument);

/** A decimal text without zeros at its end: `0.01000000` is `0.01`, `10.0` is `10`. */
export function plainDecimal(text: string): string {
  const point = text.indexOf('.');
  let end = text.length;
  while (point >= 0 && text.charCodeAt(end - 1) === ZERO) end -= 1;
  return end === text.length ? text : text.slice(0, end - 1 === point ? point : end);
}
const ZERO = 48;

/** The step of so many decimals: `0.01` of two, `1` of none. */
export const stepOfDecimals = (decimals: number): string => (decimals > 0 ? `0.${'1'.padStart(decimals, '0')}` : '1');

/** What the name of an instrument at every venue is made of. */
export type NamedInstrument = Pick<Instrument, 'base' | 'quote' | 'settle' | 'expiry' | 'strike' | 'optionType'>;

/**
 * The name of an instrument at every venue: see `Instrument.unified`.
 *
 * @throws RangeError for an expiry that is no moment: without its day the name would be another's.
 */
export function unifiedName({ base, quote, settle, expiry, strike, optionType }: NamedInstrument): string {
  if (expiry !== undefined && !(expiry > 0)) throw new RangeError(`expires at no time: ${expiry}`);
  const contract = settle === undefined ? '' : `:${settle}`;
  const day = expiry === undefined ? '' : `-${new Date(expiry).toISOString().slice(2, 10).replaceAll('-', '')}`;
  const option = optionType === undefined ? '' : `-${strike}-${optionType === 'call' ? 'C' : 'P'}`;
  return `${base}/${quote}${contract}${day}${option}`;
}
