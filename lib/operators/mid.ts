import { distinctUntilChanged, map, type OperatorFunction } from 'rxjs';
import { midOf } from '../book/topOf.js';
import type { OrderBook } from '../model/orderBook.js';

/**
 * The price halfway between best bid and best ask, whenever it changes.
 *
 *     books  -a-b-c-d-|    b changes sizes only, d empties the bids
 *     mid    -x---y-u-|    u undefined; drawn and tested in marbles/mid.txt
 *
 * @returns An operator. Each value is the double nearest to the exact mid, `undefined` while a side is empty. Errors and
 * completes with the source.
 */
export function mid(): OperatorFunction<OrderBook, number | undefined> {
  return (source) => source.pipe(map(midOf), distinctUntilChanged());
}
