import { PerformanceObserver } from 'node:perf_hooks';

/** What lives after a collection, in bytes. Needs `--expose-gc`. */
export function settledHeap(): number {
  if (globalThis.gc === undefined) throw new Error('needs node --expose-gc');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** What a thing keeps alive, in bytes. */
export function retained(make: () => unknown): number {
  const before = settledHeap();
  const made = make();
  const after = settledHeap();
  // Alive until it was looked at.
  return made === undefined ? NaN : after - before;
}

export interface Allocation {
  /** Bytes made a turn, most of them gone at once. */
  readonly bytes: number;
  /** Of the time, in what collects garbage. */
  readonly collecting: number;
}

/** What each of many turns allocates, and how much of the time collecting takes. */
export async function allocation(turns: number, run: (index: number) => void): Promise<Allocation> {
  let paused = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) paused += duration;
  });
  // Grows between two collections; a fall is one, which hides some of it.
  let bytes = 0;
  let counted = 0;
  let heap = settledHeap();
  observer.observe({ entryTypes: ['gc'] });
  const start = performance.now();
  for (let index = 0; index < turns; index += 1) {
    run(index);
    if (index % 100 !== 99) continue;
    const now = process.memoryUsage().heapUsed;
    if (now > heap) {
      bytes += now - heap;
      counted += 100;
    }
    heap = now;
  }
  const passed = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, 20));
  observer.disconnect();
  return { bytes: bytes / counted, collecting: paused / passed };
}
