/**
 * The median time of one operation of each job, in ns. The jobs take turns, pass by pass, so that a slow moment of the
 * machine meets all of them.
 *
 * @param jobs How many operations a run of the job makes, and the run.
 */
export function nanoseconds(
  passes: number,
  jobs: readonly (readonly [operations: number, run: () => unknown])[],
): number[] {
  const times = jobs.map((): number[] => []);
  for (let pass = 0; pass < passes; pass++) {
    jobs.forEach(([operations, run], i) => {
      const start = process.hrtime.bigint();
      run();
      times[i]?.push(Number(process.hrtime.bigint() - start) / operations);
    });
  }
  return times.map((list) => list.sort((a, b) => a - b)[list.length >> 1] ?? NaN);
}
