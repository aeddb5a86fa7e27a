import type { OrderBook } from '../model/orderBook.js';
import type { TopOfBook } from '../model/topOfBook.js';
import { distanceOf, middleOf } from './decimals.js';

/** The best of both sides. Between prices, doubles would leave dust: 101.3 − 101.2 is not 0.1 to them. */
export function topOf(book: OrderBook): TopOfBook {
  const { bids, asks, bestBid: bid, bestAsk: ask, ...rest } = book;
  return { ...rest, bid, ask, mid: midOf(book), spread: spreadOf(book) };
}

/** Halfway between the best prices: the double nearest to the exact value; none while a side is empty. */
export function midOf({ bestBid, bestAsk }: OrderBook): number | undefined {
  return bestBid && bestAsk && middleOf(bestBid.exact.price, bestAsk.exact.price);
}

/** Best ask minus best bid: the double nearest to the exact value; none while a side is empty. */
export function spreadOf({ bestBid, bestAsk }: OrderBook): number | undefined {
  return bestBid && bestAsk && distanceOf(bestAsk.exact.price, bestBid.exact.price);
}
