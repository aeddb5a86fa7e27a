import { type FaultKind, aFewTimes, noDetails } from '../faults/faultKind.js';

/**
 * What can go wrong at a simulated Binance only.
 *
 * - `numbersAnew`: the update ids of one symbol begin at 1 on sockets that stay open.
 * - `numbersAhead`: likewise, but they go on far ahead.
 * - `newListing`: one symbol is as if just listed: its first diff begins with 1 and holds the whole book, and its snapshots
 *   have the id -1 and no levels for a while.
 * - `snapshotAhead`: a snapshot whose id is far ahead of what the sockets tell. (A snapshot that is cached for long:
 *   `staleSnapshot`.)
 */
export const binanceFaults = {
  numbersAnew: { momentary: true, details: noDetails },
  numbersAhead: { momentary: true, details: noDetails },
  newListing: { momentary: true, value: 'delay', details: (dice) => ({ delay: dice.between(500, 5_000) }) },
  snapshotAhead: { details: aFewTimes },
} as const satisfies Readonly<Record<string, FaultKind>>;
