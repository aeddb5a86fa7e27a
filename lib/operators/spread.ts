import { distinctUntilChanged, map, type OperatorFunction } from 'rxjs';
import { spreadOf } from '../book/topOf.js';
import type { OrderBook } from '../model/orderBook.js';

/**
 * Best ask minus best bid, whenever it changes.
 *
 *     books   -a-b-c-d-|    b moves both sides alike, d empties the bids
 *     spread  -x---y-u-|    u undefined; drawn and tested in marbles/spread.txt
 *
 * @returns An operator. Each value is the double nearest to the exact spread, `undefined` while a side is empty. Errors and
 * completes with the source.
 */
export function spread(): OperatorFunction<OrderBook, number | undefined> {
  return (source) => source.pipe(map(spreadOf), distinctUntilChanged());
}
