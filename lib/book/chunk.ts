/**
 * A piece of a sorted list: at the bottom a run of levels, above it runs of chunks. Three layers of them make one side
 * of a book, so that a change copies one chunk a layer and shares all others with the version before.
 *
 * A chunk belongs to the fold of its `version`, which alone may put other items into it, and only until it returns.
 */
export class Chunk<T> {
  constructor(
    /**
     * The rank of each item (of its first level), ascending. Kept beside the items so that a search reads neighbouring
     * doubles instead of chasing levels over the heap. Shared with the version before until levels come or go.
     */
    public keys: readonly number[],
    readonly items: T[],
    /** How many levels there are in it, through all layers. */
    public count: number,
    readonly version: number,
  ) {}
}

/** How many items a chunk may have; with fewer than `LEAST` it is joined with a neighbour. */
export const MOST = 64;
export const LEAST = 16;
/** How many a chunk has in a side that is built at once: room for as many more as may be taken out. */
const BUILT = 40;

export function branchOf<T>(items: Chunk<T>[], version: number): Chunk<Chunk<T>> {
  let count = 0;
  for (const item of items) count += item.count;
  return new Chunk(firstKeys(items), items, count, version);
}

/** The first key of each; 0 stands for that of an empty one, which is always alone. */
export function firstKeys(items: readonly Chunk<unknown>[]): readonly number[] {
  return items.map((item) => item.keys[0] ?? 0);
}

/** The same chunk to be changed by the fold of `version`: a copy, unless that fold made it. */
export function owned<T>(chunk: Chunk<T>, version: number): Chunk<T> {
  return chunk.version === version ? chunk : new Chunk(chunk.keys, chunk.items.slice(), chunk.count, version);
}

/** Cuts items into pieces of much the same size, about `BUILT` each. At least one piece. */
export function pieces<T>(items: readonly T[]): T[][] {
  const count = Math.max(1, Math.ceil(items.length / BUILT));
  return Array.from({ length: count }, (_, i) =>
    items.slice(Math.floor((i * items.length) / count), Math.floor(((i + 1) * items.length) / count)),
  );
}

/**
 * Makes good what a change did to the child at `index`: to its first key, or to its size. A big child is split, a small
 * one joined with a neighbour; afterwards each has `LEAST` to `MOST` items, unless it is the only one.
 *
 * @param parent Owned by the running fold.
 */
export function balance<T>(parent: Chunk<Chunk<T>>, index: number, make: (items: T[]) => Chunk<T>): void {
  const children = parent.items;
  const child = children[index] as Chunk<T>;
  if (child.items.length > MOST) {
    children.splice(index, 1, ...halves(child.items).map(make));
  } else if (child.items.length < LEAST && children.length > 1) {
    const left = Math.max(0, index - 1);
    const both = children.slice(left, left + 2).flatMap((each) => each.items);
    children.splice(left, 2, ...(both.length > MOST ? halves(both) : [both]).map(make));
  } else if (child.keys[0] === parent.keys[index]) {
    return;
  }
  parent.keys = firstKeys(children);
}

function halves<T>(items: readonly T[]): readonly [T[], T[]] {
  const middle = items.length >> 1;
  return [items.slice(0, middle), items.slice(middle)];
}

/** The index of the last key that is not above `key`; 0 if all are. */
export function lastNotAbove(keys: readonly number[], key: number): number {
  let low = 0;
  let high = keys.length - 1;
  // Most changes are near the best price: the first few are looked at before the halving begins.
  while (low < high && low < 4) {
    if ((keys[low + 1] as number) > key) return low;
    low++;
  }
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((keys[middle] as number) <= key) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The index of the first key that is not below `key`, or the length. Prices of neighbours stand at nearly even
 * distances, so the place is reckoned and corrected by a step or two: about a third faster here than halving, whose
 * every branch is a coin toss to the processor.
 */
export function firstNotBelow(keys: readonly number[], key: number): number {
  const end = keys.length - 1;
  const first = keys[0] as number;
  const last = keys[end] as number;
  if (!(key > first)) return 0;
  if (key > last) return end + 1;
  let index = (((key - first) / (last - first)) * end + 0.5) | 0;
  while ((keys[index] as number) < key) index++;
  while ((keys[index - 1] as number) >= key) index--;
  return index;
}
