import type { BudgetLimits } from '../../network/budget.js';
import type { WireLimits } from '../../socket/plan.js';

/** Where channels and requests are to be had (www.bitstamp.net/websocket/v2 and /api, read 2026-11-29). */
export const SOCKET = 'wss://ws.bitstamp.net';
export const restOfHost: Readonly<Record<string, string>> = { 'ws.bitstamp.net': 'https://www.bitstamp.net' };

/** How many channels a connection carries is told nowhere. */
export const CHANNELS_PER_WIRE = 100;
/** So that many books that start or mend together don't hammer the REST side, which allows more. */
export const snapshotRate: BudgetLimits = { limit: 10, window: 1_000, concurrent: 4 };
/**
 * A snapshot shows the book as it was up to 2.6 s before (recordings of 2021 and 2022). Asked for so long after the first
 * change, in ms, it is not older than the stream.
 */
export const SNAPSHOT_AFTER = 3_000;

/** A message is about one channel; `bts:heartbeat` is answered. */
export const wireLimits: Omit<WireLimits, 'channels'> = {
  messages: { limit: 50, window: 1_000 },
  topicsPerRequest: 1,
  requestBytes: 1_024,
  silence: 20_000,
  probeWithin: 8_000,
};
