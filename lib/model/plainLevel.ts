import type { ExactLevel, PriceLevel } from './priceLevel.js';

/** How a level that is not {@link PlainLevel} is spelled: only its texts tell. */
export const ODD = -1;

/** More decimals than this no plain number has. */
const DECIMALS = 32;

/** How a level is spelled, by how many decimals its price and its size have; {@link ODD} where one of the two is odd. */
export const spellingOf = (priceDecimals: number, sizeDecimals: number): number =>
  priceDecimals === ODD || sizeDecimals === ODD ? ODD : priceDecimals * DECIMALS + sizeDecimals;

/** How many decimals the size of a level that is spelled like that has. */
export const sizeDecimalsOf = (spelling: number): number => spelling % DECIMALS;

/**
 * A level whose texts are known by its numbers and how many decimals each of them has: at most 15 digits, which a double
 * tells apart, without zeros ahead, and without a sign but for a size that is a change. A book keeps the numbers of such a
 * level, and makes its texts anew for whoever asks. Reads and compares like any other level.
 */
export class PlainLevel implements PriceLevel {
  readonly #spelling: number;

  /** @param spelling As {@link spellingOf} tells, of these very texts. */
  constructor(
    readonly price: number,
    readonly size: number,
    readonly exact: ExactLevel,
    spelling: number,
  ) {
    this.#spelling = spelling;
  }

  /** From numbers alone. */
  static spelled(price: number, size: number, spelling: number): PlainLevel {
    const sizeDecimals = sizeDecimalsOf(spelling);
    const exact = { price: price.toFixed((spelling - sizeDecimals) / DECIMALS), size: size.toFixed(sizeDecimals) };
    return new PlainLevel(price, size, exact, spelling);
  }

  /** How a level is spelled: {@link ODD} for whatever is not plain, or not known to be. */
  static spellingOf(level: PriceLevel): number {
    return #spelling in level ? level.#spelling : ODD;
  }
}
