import type { BookSide, OrderBook } from './orderBook.js';
import type { PriceLevel } from './priceLevel.js';

/** One order that stands in a book: its price, and what is left of it in the venue's own unit. */
export interface RestingOrder extends PriceLevel {
  /** The venue's id of the order, as text. */
  readonly id: string;
  /** The side of the book it stands on. */
  readonly side: 'bid' | 'ask';
}

/** A price of a book by order: its size is the exact sum of what is left of its orders. */
export interface LevelByOrder extends PriceLevel {
  /** At least one; in a diff that removes the level none. First in the queue first, as far as the venue lets it be known. */
  readonly orders: readonly RestingOrder[];
}

/** Every order of a book by its id. Immutable, as the book is. */
export interface OrdersById extends Iterable<RestingOrder> {
  /** How many there are. */
  readonly size: number;
  /** The order of that id, where it stands in the book. */
  get(id: string): RestingOrder | undefined;
}

/** A book whose levels tell the orders that they are made of. Whatever takes an {@link OrderBook} takes it. */
export interface BookByOrder extends OrderBook {
  readonly bids: BookSide<LevelByOrder>;
  readonly asks: BookSide<LevelByOrder>;
  /** The level of the highest bid; absent while that side is empty. */
  readonly bestBid: LevelByOrder | undefined;
  /** The level of the lowest ask; absent while that side is empty. */
  readonly bestAsk: LevelByOrder | undefined;
  /** Every order of both sides, by its id. */
  readonly orders: OrdersById;
}

/**
 * What became of one order, in a snapshot or a diff that is told order by order: price, and what is left of it. It stands
 * where a level stands otherwise, on the side that the order is of.
 */
export interface OrderChange extends PriceLevel {
  /** The venue's id of the order, as text. */
  readonly id: string;
  /**
   * What the venue calls it. `created`: an order that nobody knows yet. `changed`, `deleted`: one that was told before.
   * Absent: the venue doesn't tell, the order is as told from now on, and a size of 0 removes it.
   *
   * An order of price or size 0 that was not deleted is known and stands nowhere: at the market, or filled.
   */
  readonly news?: 'created' | 'changed' | 'deleted' | undefined;
}
