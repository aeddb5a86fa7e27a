import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import { type Task, type Work, taskOf } from '../time/task.js';

interface Entry {
  readonly due: number;
  readonly order: number;
  readonly task: Task;
}

/**
 * A scheduler whose time moves only when it is told to. Work that is due at one instant runs in the order in which it
 * was scheduled.
 */
export class VirtualClock implements SchedulerLike {
  /** A binary heap, the next to run at the top. Entries of cancelled tasks stay until they surface or are swept out. */
  private heap: Entry[] = [];
  private readonly entries = new Map<Task, Entry>();
  private scheduled = 0;

  /** @param onChange Told when something is scheduled, and when nothing is any more. */
  constructor(
    private time: number,
    private readonly onChange: () => void,
  ) {}

  /** How many tasks wait. */
  get size(): number {
    return this.entries.size;
  }

  /** When the next task is due. */
  get due(): number | undefined {
    return this.top()?.due;
  }

  now(): number {
    return this.time;
  }

  schedule<T>(work: Work<T>, delay: number, state: T): Subscription;
  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: number, state?: T): Subscription;
  schedule<T>(work: Work<T>, delay = 0, state?: T): Subscription {
    const task = taskOf(work, state as T, (armed, after) => {
      this.add(armed, after);
    });
    task.add(() => {
      if (this.entries.delete(task) && this.entries.size === 0) this.onChange();
    });
    return task.after(delay);
  }

  /** Runs all that is due up to a time, what is scheduled meanwhile included, and stands there. */
  runUntil(time: number): void {
    for (let entry = this.top(); entry !== undefined && entry.due <= time; entry = this.top()) {
      this.pop();
      this.entries.delete(entry.task);
      this.time = Math.max(this.time, entry.due);
      entry.task.run();
    }
    this.time = Math.max(this.time, time);
  }

  private add(task: Task, delay: number): void {
    if (delay === Infinity) return;
    const entry = { due: this.time + delay, order: this.scheduled++, task };
    this.entries.set(task, entry);
    if (this.heap.length > 64 && this.heap.length > 2 * this.entries.size) this.sweep();
    else this.push(entry);
    this.onChange();
  }

  private top(): Entry | undefined {
    for (let [entry] = this.heap; entry !== undefined; [entry] = this.heap) {
      if (this.entries.get(entry.task) === entry) return entry;
      this.pop();
    }
    return undefined;
  }

  /** A sorted array is a heap. */
  private sweep(): void {
    this.heap = [...this.entries.values()].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  private push(entry: Entry): void {
    const { heap } = this;
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || isBefore(parent, entry)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const isRight = left !== undefined && right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (child === undefined || isBefore(last, child)) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = last;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.due === b.due ? a.order < b.order : a.due < b.due;
}
