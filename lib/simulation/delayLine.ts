import type { SchedulerLike, Subscription } from 'rxjs';

/** One direction of a connection: what goes in comes out later and in the same order. */
export interface DelayLine<T> {
  push(item: T): void;
  /** Delivers what is under way at once. */
  flush(): void;
  /** Forgets what is under way. Leaves no timer. */
  clear(): void;
}

/** One timer serves all items, however many are under way. */
export function delayLine<T>(scheduler: SchedulerLike, delay: () => number, deliver: (item: T) => void): DelayLine<T> {
  let queue: { readonly item: T; readonly at: number }[] = [];
  let last = 0;
  let timer: Subscription | undefined;

  const arm = (): void => {
    const [head] = queue;
    if (head !== undefined) timer ??= scheduler.schedule(run, Math.max(0, head.at - scheduler.now()));
  };
  const run = (): void => {
    timer = undefined;
    const now = scheduler.now();
    for (let head = queue[0]; head !== undefined && head.at <= now; head = queue[0]) {
      queue.shift();
      deliver(head.item);
    }
    arm();
  };
  const clear = (): void => {
    timer?.unsubscribe();
    timer = undefined;
    queue = [];
  };

  return {
    push: (item) => {
      last = Math.max(last, scheduler.now() + delay());
      queue.push({ item, at: last });
      arm();
    },
    flush: () => {
      const items = queue;
      clear();
      for (const { item } of items) deliver(item);
    },
    clear,
  };
}
