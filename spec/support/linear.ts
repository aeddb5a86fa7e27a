/** The CPU time of a work, in ms. What else the machine does is not counted. */
function cpuTimeOfOne(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The same at its best of five. */
const cpuTimeOf = (work: () => void): number => Math.min(...Array.from({ length: 5 }, () => cpuTimeOfOne(work)));

/** A work below this, in ms, is none, however it grows. */
const SOON = 50;
/** How often it is measured before it is taken for too much. */
const ROUNDS = 3;

/**
 * Whether a work is done within {@link SOON}, at the best of some attempts.
 *
 * @param make Makes the work anew for each attempt.
 */
export function isSoonDone(make: () => () => void): boolean {
  for (let attempt = 0; attempt < 12; attempt += 1) if (cpuTimeOfOne(make()) < SOON) return true;
  return false;
}

/**
 * Holds a work to growing no faster than its input, both measured in the same moment: an input four times as large may take
 * eight times as long, where work that grows with its square takes sixteen times. What is done within {@link SOON} may grow
 * as it likes.
 *
 * @param size The size of the larger input.
 * @param workOf Makes the work for an input of such a size.
 */
export function expectLinear(size: number, workOf: (size: number) => () => void): void {
  const measured = (): readonly [whole: number, bound: number] => {
    const quarter = cpuTimeOf(workOf(size / 4));
    return [cpuTimeOf(workOf(size)), Math.max(SOON, 8 * quarter)];
  };
  let [whole, bound] = measured();
  // A core that is shared makes work dearer in the middle of it: once more, and what is measured then counts.
  for (let round = 1; round < ROUNDS && whole >= bound; round += 1) [whole, bound] = measured();
  expect(whole).toBeLessThan(bound);
}
