import { crc32 } from '../../codec/crc32.js';
import { isByOrder } from '../../book/byOrder/isByOrder.js';
import type { RestingOrder } from '../../model/bookByOrder.js';
import type { BookSide, OrderBook } from '../../model/orderBook.js';

/** So many of the best levels a side are summed. */
const SUMMED = 25;

/**
 * The same of a book by order: id and amount of the 25 best orders a side; of those at one price the lower id comes first.
 */
export function holdsChecksumByOrder({ bids, asks }: OrderBook, expected: number | string): boolean {
  const [ours, theirs] = [bestOrders(bids), bestOrders(asks)];
  const parts: (string | number)[] = [];
  for (let i = 0; i < SUMMED; i += 1) {
    const [bid, ask] = [ours[i], theirs[i]];
    if (bid !== undefined) parts.push(bid.id, bid.size);
    if (ask !== undefined) parts.push(ask.id, -ask.size);
  }
  return crc32(parts.join(':')) === expected;
}

function bestOrders(side: BookSide): readonly RestingOrder[] {
  const orders: RestingOrder[] = [];
  for (const level of side) {
    if (orders.length >= SUMMED) break;
    if (isByOrder(level)) orders.push(...level.orders);
  }
  return orders;
}

/**
 * Whether a book has the checksum that the venue told for it: the CRC-32, signed, of price and amount of the 25 best levels,
 * bid and ask by turns, all joined by colons; the amount of an ask is below 0. Numbers stand as JavaScript prints them,
 * exponents included (`7e-7`). Where a side is shorter the other goes on alone.
 */
export function holdsChecksum({ bids, asks }: OrderBook, expected: number | string): boolean {
  const parts: number[] = [];
  for (let i = 0; i < SUMMED; i += 1) {
    const [bid, ask] = [bids.at(i), asks.at(i)];
    if (bid !== undefined) parts.push(bid.price, bid.size);
    if (ask !== undefined) parts.push(ask.price, -ask.size);
  }
  return crc32(parts.join(':')) === expected;
}
