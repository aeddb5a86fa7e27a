import { type FaultKind, aFewTimes } from '../faults/faultKind.js';

/**
 * What can go wrong at a simulated OKX only.
 *
 * - `wrongChecksum`: an update of a book with a checksum that is not its own, where there are any.
 * - `numbersFall`: the numbers of a book go on from lower ones, linked to the last, as after maintenance. That is no loss.
 * - `serviceUpgrade`: a notice that a connection will be closed, which it is after a delay.
 */
export const okxFaults = {
  wrongChecksum: { details: aFewTimes },
  numbersFall: { details: aFewTimes },
  serviceUpgrade: { value: 'delay', details: (dice) => ({ ...aFewTimes(dice), delay: dice.between(1_000, 60_000) }) },
} as const satisfies Readonly<Record<string, FaultKind>>;
