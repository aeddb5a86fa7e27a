/** What every event of an indexed list says of its place in it. */
export interface Indexed {
  readonly eventFlags?: number | undefined;
  readonly index?: string | undefined;
  readonly time?: number | undefined;
  readonly sequence?: number | undefined;
  /** Of time and sales: `CANCEL` takes the trade of its index back. */
  readonly type?: string | undefined;
}

/** What belongs together: it is applied as one, in order. */
export interface IndexedChange<E> {
  /** A `snapshot` replaces all that was held; an `update` goes on from it. */
  readonly type: 'snapshot' | 'update';
  readonly events: readonly E[];
  /** False for a snapshot that the venue cut off by a limit of its own. */
  readonly isWhole: boolean;
}

const TX_PENDING = 0x01;
const REMOVE_EVENT = 0x02;
const SNAPSHOT_BEGIN = 0x04;
const SNAPSHOT_END = 0x08;
const SNAPSHOT_SNIP = 0x10;

/** Whether an event takes its index away rather than setting it. */
export const isRemoval = ({ eventFlags = 0, type }: Indexed): boolean =>
  (eventFlags & REMOVE_EVENT) !== 0 || type === 'CANCEL';

/** What tells entries apart: the index, or time and sequence where the venue grants no index. */
export const indexOf = ({ index, time, sequence }: Indexed): string =>
  index ?? `${String(time ?? 0)}:${String(sequence ?? 0)}`;

/** The events of changes under way, in one buffer that grows: a snapshot may have tens of thousands. */
export class Assembler<E extends Indexed> {
  private pending: E[] = [];
  private isPartial = false;
  private isComplete = false;
  private isSnipped = false;
  /** Whether something is known to be missing: what is told from then on can't be trusted. */
  isBroken = false;
  /** Whether a snapshot was completed. Before, what comes is no change of anything. */
  isSynced = false;
  /**
   * Whether the last event was surely one of a first snapshot, which the venue tells from the highest index on: what changes
   * meanwhile comes between its rows, and behind one that was cut off.
   */
  isOfSnapshot = false;
  private lowest: bigint | undefined;
  /** Whether the venue grants indexes, as its first row shows. */
  private hasIndexes: boolean | undefined;

  /** Whether a first snapshot is being told. */
  get hasBegun(): boolean {
    return this.isSynced || this.isPartial || this.isComplete;
  }

  /** Events that wait for the end of what they belong to. */
  get held(): number {
    return this.pending.length;
  }

  /** Whether something has begun that is not at its end. */
  get isWaiting(): boolean {
    return this.pending.length > 0 || !this.isSynced;
  }

  /**
   * One step of the venue's own procedure: a change when this event completes one.
   *
   * "BEGIN: a snapshot begins, what was pending is void. END or SNIP of a snapshot that has begun: it is complete. Every
   * event is held; while a transaction is pending or a snapshot partial, nothing is told; then all that is held is one
   * snapshot, if one was completed, or else one transaction." (dxfeed-graal-net-api, `Models/TxEventProcessor.cs`)
   * Unlike there, nothing counts before the first snapshot, and an END without a BEGIN is one whose BEGIN was lost.
   *
   * What went before such an end were no updates, and the list is broken. So it is by a row without an index where others have
   * one: it would stand under a name of its own.
   */
  add(event: E): IndexedChange<E> | undefined {
    const { eventFlags = 0 } = event;
    const has = (flag: number): boolean => (eventFlags & flag) !== 0;
    const isEnd = has(SNAPSHOT_END) || has(SNAPSHOT_SNIP);
    const isIndexed = event.index !== undefined;
    this.hasIndexes ??= isIndexed;
    const isLateEnd = this.isSynced && isEnd && !this.isPartial && !has(SNAPSHOT_BEGIN);
    if (isLateEnd || isIndexed !== this.hasIndexes) {
      this.isBroken = true;
      return undefined;
    }
    if (has(SNAPSHOT_BEGIN)) {
      this.isPartial = true;
      this.isComplete = false;
      this.pending = [];
      this.lowest = undefined;
    }
    if (!this.isSynced) this.follow(event);
    if (this.isPartial && isEnd) {
      this.isPartial = false;
      this.isComplete = true;
      this.isSnipped = has(SNAPSHOT_SNIP);
    }
    this.pending.push(event);
    if (has(TX_PENDING) || this.isPartial) return undefined;
    const events = this.pending;
    this.pending = [];
    if (!this.isComplete) return this.isSynced ? { type: 'update', events, isWhole: true } : undefined;
    this.isComplete = false;
    this.isSynced = true;
    return { type: 'snapshot', events, isWhole: !this.isSnipped };
  }

  private follow({ index }: E): void {
    const at = index === undefined ? undefined : BigInt(index);
    this.isOfSnapshot = this.isPartial && at !== undefined && (this.lowest === undefined || at < this.lowest);
    if (this.isOfSnapshot) this.lowest = at;
  }
}
