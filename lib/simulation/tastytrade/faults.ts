import { type FaultKind, aFewTimes } from '../faults/faultKind.js';

/**
 * What can go wrong at a simulated tastytrade only.
 *
 * - `lostHeartbeat`: a heartbeat is not answered.
 * - `anonymousError`: a subscription is refused by a reply without its id.
 * - `tokenRefused`: a `connect` is refused as if its token were no good.
 * - `failingToken`: the token endpoint answers with an HTTP error.
 * - `shortToken`: a token lives for 20 s only.
 * - `repeatedFills`: an order lists its fills twice, and is told twice.
 * - `fewerFills`: an order is told once more, without its fills.
 * - `batch`: a notification waits for the next one, and both come in one frame.
 */
export const tastytradeFaults = {
  lostHeartbeat: { details: aFewTimes },
  anonymousError: { details: aFewTimes },
  tokenRefused: { details: aFewTimes },
  failingToken: { details: aFewTimes },
  shortToken: { details: aFewTimes },
  repeatedFills: { details: aFewTimes },
  fewerFills: { details: aFewTimes },
  batch: { details: aFewTimes },
} as const satisfies Readonly<Record<string, FaultKind>>;
