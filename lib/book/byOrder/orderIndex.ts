import type { OrdersById, RestingOrder } from '../../model/bookByOrder.js';

type Bucket = readonly RestingOrder[];

/**
 * The orders of a book by id, as buckets that versions share: a change copies the one bucket it falls into and the list of
 * buckets, each about the square root of all orders long.
 */
export class OrderIndex implements OrdersById {
  readonly #buckets: readonly Bucket[];
  /** How many orders are known, and how many of them stand at a price. */
  readonly #known: number;
  readonly size: number;
  /** The time of the snapshot that they began with, in ms. */
  readonly since: number;

  private constructor(buckets: readonly Bucket[], known: number, size: number, since: number) {
    this.#buckets = buckets;
    this.#known = known;
    this.size = size;
    this.since = since;
  }

  static empty(since: number): OrderIndex {
    return new OrderIndex(
      Array.from({ length: FEWEST }, () => []),
      0,
      0,
      since,
    );
  }

  get(id: string): RestingOrder | undefined {
    const order = this.known(id);
    return order !== undefined && stands(order) ? order : undefined;
  }

  /** The same of orders too that stand nowhere. */
  known(id: string): RestingOrder | undefined {
    const bucket = this.#buckets[placeOf(id, this.#buckets.length)] ?? [];
    for (const one of bucket) if (one.id === id) return one;
    return undefined;
  }

  *[Symbol.iterator](): IterableIterator<RestingOrder> {
    for (const bucket of this.#buckets) yield* bucket.filter(stands);
  }

  toJSON(): readonly RestingOrder[] {
    return [...this];
  }

  /** These orders after changes: by id, what each is now, or `undefined` where it is gone. */
  after(changes: ReadonlyMap<string, RestingOrder | undefined>): OrderIndex {
    if (changes.size === 0) return this;
    const wanted = this.#known + changes.size;
    const buckets = wanted > this.#buckets.length ** 2 ? spread(this.#buckets, wanted) : this.#buckets.slice();
    // Of one change none falls into a bucket that was copied already.
    const own = changes.size > 1 ? new Set<number>() : undefined;
    let [known, size] = [this.#known, this.size];
    for (const [id, order] of changes) {
      const at = placeOf(id, buckets.length);
      const bucket = buckets[at] ?? [];
      const index = bucket.findIndex((one) => one.id === id);
      const before = bucket[index];
      known += Number(order !== undefined) - Number(before !== undefined);
      size += Number(order !== undefined && stands(order)) - Number(before !== undefined && stands(before));
      const copy = own?.has(at) === true ? (bucket as RestingOrder[]) : bucket.slice();
      own?.add(at);
      if (order === undefined) {
        if (index >= 0) copy.splice(index, 1);
      } else copy[index < 0 ? copy.length : index] = order;
      buckets[at] = copy;
    }
    return new OrderIndex(buckets, known, size, this.since);
  }
}

/** Whether an order stands in the book: at a price, with something left of it. */
export const stands = ({ price, size }: RestingOrder): boolean => price !== 0 && size !== 0;

const FEWEST = 16;

function spread(buckets: readonly Bucket[], wanted: number): Bucket[] {
  let count = buckets.length;
  while (wanted > count ** 2) count *= 2;
  const wider: RestingOrder[][] = Array.from({ length: count }, () => []);
  for (const bucket of buckets) for (const order of bucket) wider[placeOf(order.id, count)]?.push(order);
  return wider;
}

/** The count of places is a power of 2. */
function placeOf(id: string, count: number): number {
  let hash = 0;
  for (let i = 0; i < id.length; i += 1) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0;
  // Digits of ids that are counted up fall close together: the upper bits are to tell, too.
  return (hash ^ (hash >>> 15)) & (count - 1);
}
