import type { PriceLevel } from './priceLevel.js';

/** One side of a book, best price first. Immutable: a new version shares what did not change with the old one. */
export interface BookSide<L extends PriceLevel = PriceLevel> extends Iterable<L> {
  /** How many levels there are. */
  readonly length: number;
  /** The level `index` places from the best (0 is the best); `undefined` beyond the end. */
  at(index: number): L | undefined;
  /** The best `count` levels, or all of them. */
  slice(count?: number): readonly L[];
  /** The size at a price, 0 where there is no such level. Give the text to tell apart prices that share a double. */
  sizeAt(price: number | string): number;
  /** The level at a price. */
  get(price: number | string): L | undefined;
  /** The sum of sizes from the best price up to and including `price`. */
  volumeTo(price: number): number;
}

/** The order book of one instrument at one sequence. Never changed after it was emitted. */
export interface OrderBook {
  /** What it is of, as the venue spells it. */
  readonly instrument: string;
  /** Highest price first. */
  readonly bids: BookSide;
  /** Lowest price first. */
  readonly asks: BookSide;
  /** The highest bid; absent while that side is empty. */
  readonly bestBid: PriceLevel | undefined;
  /** The lowest ask; absent while that side is empty. */
  readonly bestAsk: PriceLevel | undefined;
  /** The venue's sequence the book stands at; absent where the venue numbers nothing. */
  readonly sequence: number | undefined;
  /** The venue's time of the last change, in ms. */
  readonly venueTime: number | undefined;
  /** When we had the last change, in ms. */
  readonly receivedTime: number;
}
