/** The CPU time of a work at its best of five, in ms. What else the machine does is not counted. */
function cpuTimeOf(work: () => void): number {
  const taken = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...taken);
}

/** Below this, in ms, a time says nothing. */
const NOISE = 10;

/**
 * Holds a work to growing no faster than its input, both measured in the same moment: an input four times as large may take
 * eight times as long, where work that grows with its square takes sixteen times.
 *
 * @param size The size of the larger input.
 * @param workOf Makes the work for an input of such a size.
 */
export function expectLinear(size: number, workOf: (size: number) => () => void): void {
  const quarter = cpuTimeOf(workOf(size / 4));
  const whole = cpuTimeOf(workOf(size));
  expect(whole).toBeLessThan(8 * quarter + NOISE);
}
