import type { InstrumentSpec } from './instrumentSpec.js';

/** How many prices, and how many sizes, keep their text at hand. A price wanders, so the memory is bounded. */
const REMEMBERED = 20_000;

const decimalsOf = (text: string): number => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);
const unitsOf = (text: string): bigint => BigInt(text.replace('.', ''));

/** Writes `units` of the `decimals`-th decimal place, with at least `padding` decimals. */
export function decimalText(units: bigint | number, decimals: number, padding = 0): string {
  if (units < 0) return `-${decimalText(-units, decimals, padding)}`;
  const digits = String(units).padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals).padEnd(padding, '0');
  if (decimals === 0) return padding === 0 ? digits : `${digits}.${'0'.repeat(padding)}`;
  return `${digits.slice(0, digits.length - decimals)}.${fraction}`;
}

function remembered(texts: Map<number, string>, value: number, write: () => string): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  if (texts.size >= REMEMBERED) texts.clear();
  const text = write();
  texts.set(value, text);
  return text;
}

/**
 * What one instrument counts in. Prices are whole ticks above or below the first price, sizes are whole lots, and
 * both become the venue's decimal text here and nowhere else. Ticks are relative so that a price of 19 digits, which
 * no double holds, is as exact as any other.
 */
export class Units {
  readonly sizeDecimals: number;
  readonly priceDecimals: number;
  /** The text of no size at all. */
  readonly zero: string;
  /** The usual size of an order, in lots. */
  readonly usualLots: number;
  /** Ticks below this one are no prices. */
  readonly lowestTick: number;
  private readonly origin: bigint;
  private readonly texts = new Map<number, string>();
  private readonly sizeTexts = new Map<number, string>();

  constructor(
    spec: InstrumentSpec,
    private readonly padding: number,
  ) {
    this.priceDecimals = decimalsOf(spec.price);
    this.sizeDecimals = decimalsOf(spec.size);
    this.origin = unitsOf(spec.price);
    this.usualLots = Number(unitsOf(spec.size));
    this.zero = this.sizeText(0);
    this.lowestTick = 1 - Math.min(Number(this.origin), Number.MAX_SAFE_INTEGER);
  }

  /** A price in units of the last decimal. */
  price(tick: number): bigint {
    return this.origin + BigInt(tick);
  }

  /** A price as the venue writes it. */
  priceText(tick: number): string {
    return remembered(this.texts, tick, () => decimalText(this.price(tick), this.priceDecimals, this.padding));
  }

  /** A price as {@link price} gives it, which need not be one of the book's. */
  meanText(price: bigint): string {
    return decimalText(price, this.priceDecimals, this.padding);
  }

  /** A size as the venue writes it. */
  sizeText(lots: number): string {
    return remembered(this.sizeTexts, lots, () => decimalText(lots, this.sizeDecimals, this.padding));
  }

  /** Price × size, in the smallest unit that holds it exactly. */
  quote(tick: number, lots: number): bigint {
    return this.price(tick) * BigInt(lots);
  }

  /** A sum of price × size as the venue writes it. */
  quoteText(quote: bigint): string {
    return decimalText(quote, this.priceDecimals + this.sizeDecimals, this.padding);
  }

  /** A difference of two prices, in ticks. */
  changeText(ticks: number): string {
    return decimalText(ticks, this.priceDecimals, this.padding);
  }
}
