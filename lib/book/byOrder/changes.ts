import type { LevelByOrder, OrderChange, RestingOrder } from '../../model/bookByOrder.js';
import type { BookSide, OrderBook } from '../../model/orderBook.js';
import { ODD } from '../../model/plainLevel.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import { addDecimals, subtractDecimals } from '../decimals.js';
import { levelIn } from '../leaves.js';
import { Side } from '../side.js';
import { plainDecimal } from '../ticks.js';
import { isByOrder } from './isByOrder.js';
import { type OrderIndex, stands } from './orderIndex.js';
import { type QueueOrder, enqueue, placeOf } from './queue.js';

interface Ways {
  readonly queue: QueueOrder;
  /** Counted up where an order is removed that was not there. */
  readonly tally: { deletesOfNothing: number };
  /** Whether an order may be changed or deleted that nobody told of. */
  readonly mayBeUnknown: boolean;
}

type SideName = 'bid' | 'ask';

/** A level that is being changed: its orders, and the exact sum of what is left of them. */
interface Touched {
  readonly price: string;
  /** The level as it was. */
  readonly before: PriceLevel | undefined;
  readonly orders: RestingOrder[];
  size: string;
}

/** The levels of one side that are touched, in the order in which they were. */
class TouchedLevels {
  readonly all: Touched[] = [];
  /** By price. Nearly all diffs touch a few, among which looking takes less than making a map. */
  #byPrice: Map<string, Touched> | undefined;

  at(price: string): Touched | undefined {
    if (this.#byPrice !== undefined) return this.#byPrice.get(price);
    for (const one of this.all) if (one.price === price) return one;
    return undefined;
  }

  add(touched: Touched): void {
    this.all.push(touched);
    if (this.#byPrice === undefined && this.all.length > FEW) {
      this.#byPrice = new Map(this.all.map((one) => [one.price, one]));
    } else this.#byPrice?.set(touched.price, touched);
  }
}
const FEW = 8;
const NONE: readonly LevelByOrder[] = [];

/** What the changes of one snapshot or diff come to: orders, and the levels that they touch. */
export class OrderChanges {
  readonly #book: OrderBook;
  readonly #index: OrderIndex;
  readonly #ways: Ways;
  #bids: TouchedLevels | undefined;
  #asks: TouchedLevels | undefined;
  /** By id, what each order is now; `undefined` where it is gone. */
  readonly orders = new Map<string, RestingOrder | undefined>();

  constructor(book: OrderBook, index: OrderIndex, ways: Ways) {
    this.#book = book;
    this.#index = index;
    this.#ways = ways;
  }

  /** One change; a text where it contradicts the book. */
  take(change: OrderChange, side: SideName): string | undefined {
    const { id, price, size, exact, news } = change;
    const before = this.orders.has(id) ? this.orders.get(id) : this.#index.known(id);
    const isOfKnown = news === 'changed' || news === 'deleted';
    if (before === undefined && isOfKnown && !this.#ways.mayBeUnknown) return `order ${id} ${news}, and never told`;
    if (news === 'deleted' || (news === undefined && size === 0)) {
      if (before === undefined) this.#ways.tally.deletesOfNothing += 1;
      else this.#put(before, undefined);
    } else if (news !== 'changed' || before?.price !== 0) {
      this.#put(before, { id, side, price, size, exact });
    }
    return undefined;
  }

  /** The levels of a side as they are after all of it, in no order; of size 0 where nothing is left. */
  levels(side: SideName): readonly LevelByOrder[] {
    const touched = side === 'bid' ? this.#bids : this.#asks;
    if (touched === undefined) return NONE;
    const levels: LevelByOrder[] = [];
    for (const one of touched.all) {
      if (one.orders.length > 0 || one.before !== undefined) levels.push(levelWith(one));
    }
    return levels;
  }

  #side(side: SideName): BookSide {
    return side === 'bid' ? this.#book.bids : this.#book.asks;
  }

  #put(before: RestingOrder | undefined, after: RestingOrder | undefined): void {
    const from = before && this.#touchedAt(before);
    const to = after && this.#touchedAt(after);
    if (before !== undefined && from !== undefined && from !== to) {
      const at = placeOf(from.orders, before.id);
      if (at >= 0) from.orders.splice(at, 1);
      from.size = sizeWithout(from, before);
    }
    if (after !== undefined && to !== undefined) {
      const rest = before !== undefined && from === to ? sizeWithout(to, before) : to.size;
      enqueue(to.orders, after, this.#ways.queue);
      to.size = to.orders.length > 1 ? addDecimals(rest, after.exact.size) : after.exact.size;
    }
    const id = (after ?? before)?.id;
    if (id !== undefined) this.orders.set(id, after);
  }

  /** The level of an order's price, to be changed; none for an order that stands nowhere. */
  #touchedAt(order: RestingOrder): Touched | undefined {
    if (!stands(order)) return undefined;
    const touched = order.side === 'bid' ? (this.#bids ??= new TouchedLevels()) : (this.#asks ??= new TouchedLevels());
    const price = plainDecimal(order.exact.price);
    const known = touched.at(price);
    if (known !== undefined) return known;
    const before = levelOf(this.#side(order.side), order);
    const isKnown = before !== undefined && isByOrder(before);
    const orders = isKnown ? before.orders.slice() : [];
    const made: Touched = { price, before, orders, size: isKnown ? before.exact.size : '0' };
    touched.add(made);
    return made;
  }
}

/** What is left of a level without an order that it had. The sum of one order needs no arithmetic. */
function sizeWithout({ orders, size }: Touched, { exact }: RestingOrder): string {
  return orders.length > 1 ? subtractDecimals(size, exact.size) : (orders[0]?.exact.size ?? '0');
}

/** The level at the price of an order, whose number need not be read from its text again. */
function levelOf(side: BookSide, order: RestingOrder): PriceLevel | undefined {
  const leaves = Side.leavesOf(side);
  const sign = order.side === 'bid' ? -1 : 1;
  return leaves === undefined ? side.get(order.exact.price) : levelIn(leaves, order, ODD, sign);
}

function levelWith({ price, before, orders, size }: Touched): LevelByOrder {
  const first = orders[0];
  if (first === undefined) {
    return { price: before?.price ?? Number(price), size: 0, exact: { price, size: '0' }, orders };
  }
  if (orders.length === 1) {
    return {
      price: first.price,
      size: first.size,
      exact: { price: first.exact.price, size: first.exact.size },
      orders,
    };
  }
  // By how it was summed up a sum has more zeros at its end or fewer.
  const text = plainDecimal(size);
  return { price: first.price, size: Number(text), exact: { price: first.exact.price, size: text }, orders };
}
