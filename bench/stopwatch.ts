/** Something to be timed, operation by operation. */
export interface Job {
  readonly operations: number;
  /** Starts afresh, and returns what does the operation of an index; they are done in order. */
  begin(): (index: number) => unknown;
}

/** Operations timed as one: many enough for the clock, few enough to be over before another process gets the processor. */
const SLICE = 50;

/**
 * The time of one operation of each job, in ns: the median over the passes of each slice, averaged over the slices. The
 * jobs take turns slice by slice, each pass beginning with another one, so that a slow moment of the machine meets all of
 * them, and none has the caches to itself or finds them filled by the same neighbour every time.
 *
 * @param warmUp So many passes more come first, which count for nothing.
 */
export function nanoseconds(passes: number, jobs: readonly Job[], warmUp = 0): number[] {
  const slices = jobs.map(({ operations }) =>
    Array.from({ length: Math.ceil(operations / SLICE) }, (): number[] => []),
  );
  const most = Math.max(...slices.map(({ length }) => length));
  for (let pass = -warmUp; pass < passes; pass++) {
    const runs = jobs.map((job) => job.begin());
    for (let slice = 0; slice < most; slice++) {
      for (let turn = 0; turn < jobs.length; turn++) {
        const i = (pass + warmUp + turn) % jobs.length;
        const begin = slice * SLICE;
        const end = Math.min(begin + SLICE, jobs[i]?.operations ?? 0);
        const run = runs[i];
        const start = process.hrtime.bigint();
        for (let index = begin; index < end; index++) run?.(index);
        const ns = Number(process.hrtime.bigint() - start);
        if (pass >= 0 && end > begin) slices[i]?.[slice]?.push(ns / (end - begin));
      }
    }
  }
  return slices.map((list) => list.reduce((sum, times) => sum + median(times), 0) / list.length);
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? NaN;
}
