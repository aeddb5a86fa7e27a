import type { OrderBook } from '../model/orderBook.js';
import type { TopOfBook } from '../model/topOfBook.js';
import { distanceOf, middleOf } from './decimalText.js';

/** The best of both sides. Between prices, doubles would leave dust: 101.3 − 101.2 is not 0.1 to them. */
export function topOf(book: OrderBook): TopOfBook {
  const { instrument, bestBid: bid, bestAsk: ask, sequence, venueTime, receivedTime } = book;
  const spread = bid && ask && distanceOf(ask.exact.price, bid.exact.price);
  return { instrument, bid, ask, mid: midOf(book), spread, sequence, venueTime, receivedTime };
}

/** Halfway between the best prices: the double nearest to the exact value; none while a side is empty. */
export function midOf({ bestBid, bestAsk }: OrderBook): number | undefined {
  return bestBid && bestAsk && middleOf(bestBid.exact.price, bestAsk.exact.price);
}
