import type { BookSide, OrderBook } from '../../../lib/model/orderBook.js';
import type { PriceLevel } from '../../../lib/model/priceLevel.js';
import type { Trade } from '../../../lib/model/trade.js';
import type { Subject } from '../../../lib/cli/view/watchState.js';

export const AT = Date.UTC(2026, 10, 20, 9, 31, 4, 120);

export const subject: Subject = {
  venue: 'binance',
  market: 'spot',
  instrument: 'BTCUSDT',
  channel: 'book',
  origin: 'live',
  notes: [],
};

export const level = (price: string, size: string): PriceLevel => ({
  price: Number(price),
  size: Number(size),
  exact: { price, size },
});

const side = (levels: readonly PriceLevel[]): BookSide => ({
  length: levels.length,
  at: (index) => levels[index],
  slice: (count) => levels.slice(0, count),
  sizeAt: (price) => levels.find((one) => one.exact.price === String(price))?.size ?? 0,
  get: (price) => levels.find((one) => one.exact.price === String(price)),
  volumeTo: () => 0,
  [Symbol.iterator]: () => levels[Symbol.iterator](),
});

type Pairs = readonly (readonly [price: string, size: string])[];

/** A book that has what views and summaries read, best price first as given. */
export function book(bids: Pairs, asks: Pairs, sequence = 7): OrderBook {
  const [bidLevels, askLevels] = [bids, asks].map((pairs) => pairs.map(([price, size]) => level(price, size)));
  return {
    instrument: 'BTCUSDT',
    bids: side(bidLevels ?? []),
    asks: side(askLevels ?? []),
    bestBid: bidLevels?.[0],
    bestAsk: askLevels?.[0],
    sequence,
    venueTime: AT,
    receivedTime: AT,
  };
}

export const trade = (id: string, side: Trade['side'], price: string, size: string, at = AT): Trade => ({
  instrument: 'BTCUSDT',
  id,
  price: Number(price),
  size: Number(size),
  exact: { price, size },
  side,
  venueTime: at,
  receivedTime: at,
});
