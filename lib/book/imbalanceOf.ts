import type { BookSide, OrderBook } from '../model/orderBook.js';

/**
 * (bids − asks) / (bids + asks) over the sizes of the best `levels` levels of each side: 1 when there are only bids, −1
 * when there are only asks, none for an empty book.
 */
export function imbalanceOf({ bids, asks }: OrderBook, levels: number): number | undefined {
  const [bid, ask] = [volumeOf(bids, levels), volumeOf(asks, levels)];
  return bid + ask === 0 ? undefined : (bid - ask) / (bid + ask);
}

function volumeOf(side: BookSide, levels: number): number {
  let volume = 0;
  for (let index = 0; index < levels; index++) {
    const level = side.at(index);
    if (level === undefined) break;
    volume += level.size;
  }
  return volume;
}
