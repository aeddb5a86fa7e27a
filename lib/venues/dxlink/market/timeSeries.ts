import { type Indexed, type IndexedChange, indexOf, isRemoval } from './transactions.js';

/** A list of events in time, oldest first, and how it came to be so. */
export interface DxLinkTimeSeries<E> {
  /** Oldest first; of one time in the order of their sequence. */
  readonly rows: readonly E[];
  /** What the last change brought: the whole of a snapshot, or what an update set and took away. */
  readonly latest: {
    readonly type: 'snapshot' | 'update';
    readonly set: readonly E[];
    readonly removed: readonly E[];
  };
  /** False where the venue cut the snapshot off at its beginning. */
  readonly isWhole: boolean;
}

type Compare = (a: Indexed, b: Indexed) => number;

/** Older before newer: by time, sequence, and last by index. Indexes grow with time, but are not always granted. */
function byTime(a: Indexed, b: Indexed): number {
  const difference = (a.time ?? 0) - (b.time ?? 0) || (a.sequence ?? 0) - (b.sequence ?? 0);
  return difference !== 0 || a.index === undefined || b.index === undefined
    ? difference
    : compareIndexes(a.index, b.index);
}

/** Of events whose index says nothing of their time: one row goes through many times. */
const byIndex = (a: Indexed, b: Indexed): number =>
  a.index === undefined || b.index === undefined ? byTime(a, b) : compareIndexes(a.index, b.index);

function compareIndexes(a: string, b: string): number {
  // As nearly all are: of as many digits, and none below 0.
  if (a.length === b.length && a >= '0' && b >= '0') return a < b ? -1 : Number(a > b);
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

type Fold = <E extends Indexed>(
  before: DxLinkTimeSeries<E> | undefined,
  change: IndexedChange<E>,
) => DxLinkTimeSeries<E>;

/** One change applied. A row of the same index is replaced; taking away what is not there is no error. */
export const foldTimeSeries: Fold = (before, change) => folded(before, change, byTime);

/** The same of events that are kept by index alone (Series): in the order of their indexes. */
export const foldByIndex: Fold = (before, change) => folded(before, change, byIndex);

function folded<E extends Indexed>(
  before: DxLinkTimeSeries<E> | undefined,
  { type, events, isWhole }: IndexedChange<E>,
  compare: Compare,
): DxLinkTimeSeries<E> {
  if (type === 'snapshot' || before === undefined) {
    const found = new Map<string, E>();
    for (const event of events) {
      if (isRemoval(event)) found.delete(indexOf(event));
      else found.set(indexOf(event), event);
    }
    const rows = [...found.values()].sort(compare);
    return { rows, latest: { type: 'snapshot', set: rows, removed: [] }, isWhole };
  }
  const rows = [...before.rows];
  const set: E[] = [];
  const removed: E[] = [];
  for (const event of events) {
    const place = placeOf(rows, event, compare);
    const old = rows[place];
    const isThere = old !== undefined && indexOf(old) === indexOf(event);
    if (isRemoval(event)) {
      if (isThere) removed.push(...rows.splice(place, 1));
    } else {
      rows.splice(place, isThere ? 1 : 0, event);
      set.push(event);
    }
  }
  return { rows, latest: { type: 'update', set, removed }, isWhole: before.isWhole };
}

/** So many of the last are looked at one by one. */
const NEAR = 3;

/** Where the event stands or would stand. Nearly always near the end: what changes is the present. */
function placeOf<E extends Indexed>(rows: readonly E[], event: E, compare: Compare): number {
  let low = 0;
  let high = rows.length;
  for (let looks = 0; looks < NEAR; looks += 1) {
    if (high === 0 || compare(rows[high - 1] as E, event) < 0) return high;
    high -= 1;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(rows[middle] as E, event) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
