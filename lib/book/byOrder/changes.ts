import type { LevelByOrder, OrderChange, RestingOrder } from '../../model/bookByOrder.js';
import type { BookSide, OrderBook } from '../../model/orderBook.js';
import { addDecimals, subtractDecimals } from '../decimals.js';
import { levelOf } from '../level.js';
import { plainDecimal } from '../ticks.js';
import { isByOrder } from './isByOrder.js';
import { type OrderIndex, stands } from './orderIndex.js';
import { type QueueOrder, enqueue } from './queue.js';

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
  readonly orders: RestingOrder[];
  size: string;
}

/** What the changes of one snapshot or diff come to: orders, and the levels that they touch. */
export class OrderChanges {
  readonly #book: OrderBook;
  readonly #index: OrderIndex;
  readonly #ways: Ways;
  readonly #touched: Readonly<Record<SideName, Map<string, Touched>>> = { bid: new Map(), ask: new Map() };
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
    const levels: LevelByOrder[] = [];
    for (const [price, touched] of this.#touched[side]) {
      const isTold = touched.orders.length > 0 || this.#side(side).get(price) !== undefined;
      if (isTold) levels.push(levelWith(price, touched));
    }
    return levels;
  }

  #side(side: SideName): BookSide {
    return side === 'bid' ? this.#book.bids : this.#book.asks;
  }

  #put(before: RestingOrder | undefined, after: RestingOrder | undefined): void {
    const [from, to] = [before && this.#touchedAt(before), after && this.#touchedAt(after)];
    if (before !== undefined && from !== undefined) {
      from.size = subtractDecimals(from.size, before.exact.size);
      const at = from === to ? -1 : from.orders.findIndex(({ id }) => id === before.id);
      if (at >= 0) from.orders.splice(at, 1);
    }
    if (after !== undefined && to !== undefined) {
      to.size = addDecimals(to.size, after.exact.size);
      enqueue(to.orders, after, this.#ways.queue);
    }
    const id = (after ?? before)?.id;
    if (id !== undefined) this.orders.set(id, after);
  }

  /** The level of an order's price, to be changed; none for an order that stands nowhere. */
  #touchedAt(order: RestingOrder): Touched | undefined {
    if (!stands(order)) return undefined;
    const touched = this.#touched[order.side];
    const price = plainDecimal(order.exact.price);
    const known = touched.get(price);
    if (known !== undefined) return known;
    const level = this.#side(order.side).get(price);
    const made =
      level !== undefined && isByOrder(level)
        ? { orders: level.orders.slice(), size: level.exact.size }
        : { orders: [], size: '0' };
    touched.set(price, made);
    return made;
  }
}

function levelWith(price: string, { orders, size }: Touched): LevelByOrder {
  const [first, ...others] = orders;
  if (first === undefined) return { ...levelOf(price, '0'), orders };
  // By how it was summed up a sum has more zeros at its end or fewer.
  const text = others.length === 0 ? first.exact.size : plainDecimal(size);
  return { price: first.price, size: Number(text), exact: { price: first.exact.price, size: text }, orders };
}
