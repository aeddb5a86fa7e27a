import { type FaultKind, aFewTimes } from '../faults/faultKind.js';

/**
 * What can go wrong at a simulated Coinbase only.
 *
 * - `skippedNumber`: the count of a connection goes on one too far, though no frame is missing.
 */
export const coinbaseFaults = {
  skippedNumber: { details: aFewTimes },
} as const satisfies Readonly<Record<string, FaultKind>>;
