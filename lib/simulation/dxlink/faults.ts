import { type FaultKind, aFewTimes, noDetails } from '../faults/faultKind.js';

/**
 * What can go wrong at a simulated dxLink only.
 *
 * - `authRefused`: a token is answered with UNAUTHORIZED.
 * - `authExpired`: UNAUTHORIZED in the midst of a session, and no data until the next token.
 * - `channelClosed`: the venue closes a channel by itself.
 * - `configLate`: the first FEED_CONFIG and all data of a channel wait.
 * - `configWithoutFields`, `configFewerFields`: a FEED_CONFIG that names no fields, or not all that were asked for.
 * - `keepaliveIgnored`: the venue sends no KEEPALIVE.
 * - `snapshotCut`: the rest of a snapshot never comes.
 */
export const dxLinkFaults = {
  authRefused: { details: aFewTimes },
  authExpired: { details: noDetails },
  channelClosed: { details: noDetails },
  configLate: { value: 'delay', details: (dice) => ({ delay: dice.between(500, 5_000) }) },
  configWithoutFields: { details: aFewTimes },
  configFewerFields: { details: aFewTimes },
  keepaliveIgnored: { details: aFewTimes },
  snapshotCut: { details: aFewTimes },
} as const satisfies Readonly<Record<string, FaultKind>>;
