import { distinctUntilChanged, map, type OperatorFunction } from 'rxjs';
import { addDecimals, multiplyDecimals, quotientOf } from '../book/decimals.js';
import { sameLevel } from '../book/sameLevel.js';
import type { OrderBook } from '../model/orderBook.js';

/**
 * The mid weighted by what stands on the other side: (bid × ask size + ask × bid size) ÷ (bid size + ask size), whenever it
 * changes. It leans towards the side that is about to give way: much bid and little asked puts it near the ask.
 *
 *     books       -a-b-c-d-|    b trebles the bid, c changes a deeper level, d empties the bids
 *     microprice  -x-y---u-|    u undefined; drawn and tested in marbles/microprice.txt
 *
 * @returns An operator. Each value is the double nearest to the exact one, between bid and ask; `undefined` while a side is
 * empty. Errors and completes with the source.
 */
export function microprice(): OperatorFunction<OrderBook, number | undefined> {
  return (source) =>
    source.pipe(
      distinctUntilChanged((a, b) => sameLevel(a.bestBid, b.bestBid) && sameLevel(a.bestAsk, b.bestAsk)),
      map(micropriceOf),
      distinctUntilChanged(),
    );
}

function micropriceOf({ bestBid, bestAsk }: OrderBook): number | undefined {
  if (bestBid === undefined || bestAsk === undefined) return undefined;
  const [bid, ask] = [bestBid.exact, bestAsk.exact];
  const weighted = addDecimals(multiplyDecimals(bid.price, ask.size), multiplyDecimals(ask.price, bid.size));
  return quotientOf(weighted, addDecimals(bid.size, ask.size));
}
