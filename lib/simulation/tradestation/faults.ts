import { type FaultKind, aFewTimes } from '../faults/faultKind.js';

/**
 * What can go wrong at a simulated TradeStation only.
 *
 * - `goAway`: a stream says that the server goes, in the shape of its kind, and ends.
 * - `dualLogon`: a stream says that the login is used elsewhere, and ends.
 * - `halfLine`: a stream breaks in the midst of a line.
 * - `unauthorized`: an opening is refused as if its token were none.
 * - `tooMany`: likewise by 429, with 7 s to wait.
 * - `silentStream`: opened, and never a word.
 * - `missingOrders`: a frame of an order is never sent on a stream that is well otherwise.
 */
export const tradestationFaults = {
  goAway: { details: aFewTimes },
  dualLogon: { details: aFewTimes },
  halfLine: { details: aFewTimes },
  unauthorized: { details: aFewTimes },
  tooMany: { details: aFewTimes },
  silentStream: { details: aFewTimes },
  missingOrders: { details: aFewTimes },
} as const satisfies Readonly<Record<string, FaultKind>>;
