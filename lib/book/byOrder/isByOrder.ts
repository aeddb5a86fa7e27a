import type { BookByOrder, LevelByOrder } from '../../model/bookByOrder.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { PriceLevel } from '../../model/priceLevel.js';

/** Whether a level tells its orders: those of books by order do. */
export const isByOrder = (level: PriceLevel): level is LevelByOrder => 'orders' in level;

/** Whether a book's levels tell their orders. */
export const isBookByOrder = (book: OrderBook): book is BookByOrder => 'orders' in book;
