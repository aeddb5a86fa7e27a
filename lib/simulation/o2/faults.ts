import { type FaultKind, aFewTimes } from '../faults/faultKind.js';

/**
 * What can go wrong at a simulated O2 only.
 *
 * - `negativeSizes`: a depth update that leaves less than nothing.
 * - `missingSide`: a trade or an order that doesn't say which side.
 * - `otherMarket`: a depth update of a market that the connection did not ask for.
 */
export const o2Faults = {
  negativeSizes: { details: aFewTimes },
  missingSide: { details: aFewTimes },
  otherMarket: { details: aFewTimes },
} as const satisfies Readonly<Record<string, FaultKind>>;
