import { plainDecimal } from '../book/ticks.js';

/** The levels of both sides, as texts of price and size. */
export interface WrittenSides {
  readonly bids: readonly (readonly [price: string, size: string])[];
  readonly asks: readonly (readonly [price: string, size: string])[];
}

const LEVEL = /^(-?\d+(?:\.\d+)?)(?:x(\d+(?:\.\d+)?))?$/;

/**
 * Reads the levels of a book, or of a diff, written short: `99x5 98x3 | 101x4 102`. Bids stand before the bar, asks behind it;
 * a size that is left out is 1.
 *
 * @throws RangeError when the text has no bar, a word is no level, or a price stands twice on a side.
 */
export function readSides(text: string): WrittenSides {
  const sides = text.split('|');
  if (sides.length !== 2) throw new RangeError(`a book is written as "99x5 98 | 101x4", not "${text}"`);
  const [bids = '', asks = ''] = sides;
  return { bids: readLevels(bids), asks: readLevels(asks) };
}

function readLevels(text: string): readonly (readonly [string, string])[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const prices = new Set<string>();
  return words.map((word) => {
    const [, price, size = '1'] = LEVEL.exec(word) ?? [];
    if (price === undefined) throw new RangeError(`a level is written as "99x5" or "99", not "${word}"`);
    if (prices.has(plainDecimal(price)))
      throw new RangeError(`a price stands once on a side, and ${price} is there twice: "${text}"`);
    prices.add(plainDecimal(price));
    return [price, size];
  });
}

/**
 * Reads a trade written short: `buy 2x100` is a taker who bought 2 at 100.
 *
 * @throws RangeError when it is written in another way.
 */
export function readTrade(text: string): {
  readonly side: 'buy' | 'sell';
  readonly size: string;
  readonly price: string;
} {
  const [, side, size, price] = /^(buy|sell) (\d+(?:\.\d+)?)x(-?\d+(?:\.\d+)?)$/.exec(text.trim()) ?? [];
  if (side === undefined || size === undefined || price === undefined) {
    throw new RangeError(`a trade is written as "buy 2x100", not "${text}"`);
  }
  return { side: side === 'buy' ? 'buy' : 'sell', size, price };
}
