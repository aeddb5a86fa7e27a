import { type FaultKind, aFewTimes } from '../faults/faultKind.js';

/**
 * What can go wrong at a simulated Kraken only.
 *
 * - `wrongChecksum`: an update of a book with a checksum that is not its own.
 * - `maintenance`: the system says so, and closes the connection.
 */
export const krakenFaults = {
  wrongChecksum: { details: aFewTimes },
  maintenance: { details: aFewTimes },
} as const satisfies Readonly<Record<string, FaultKind>>;
