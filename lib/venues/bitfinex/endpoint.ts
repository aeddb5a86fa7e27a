import { refusalsWith } from '../../feed/refusals.js';
import { JITTER } from '../../network/allowance.js';
import type { BudgetLimits } from '../../network/budget.js';
import type { Rate, WireLimits } from '../../socket/plan.js';

/** Where the public channels are to be had (docs.bitfinex.com, "Websocket API v2", read 2026-11-29). */
export const SOCKET = 'wss://api-pub.bitfinex.com/ws/2';

/** Channels on one connection ("ws-public"); it was 250, 50 and 30 before. */
export const CHANNELS_PER_WIRE = 25;
/** New connections, by address (ibid.). */
export const connections: Rate = { limit: 20, window: 60_000, margin: JITTER };

/** Numbers on all frames of a connection (65536), and checksums of books (131072). */
export const FLAGS = 65_536 + 131_072;

/** A channel without data says so every 15 s ("Heartbeating"); one that does not has stalled. In ms. */
export const STALLED = 45_000;

/** A request is about one channel. */
export const wireLimits: Omit<WireLimits, 'channels'> = {
  topicsPerRequest: 1,
  requestBytes: 4_096,
  silence: 25_000,
  probeWithin: 10_000,
};

/** Candles may be asked for 30 times a minute, lists 90 times ("Requirements and limitations"). */
export const requestRate: BudgetLimits = { limit: 25, window: 60_000, concurrent: 2 };

/**
 * `["error",11010,"ratelimit: error"]`, or `{"error":"ERR_RATE_LIMIT"}`: the address is left without an answer for a minute ("Requirements
 * and limitations").
 */
export const refusalIn = refusalsWith(
  ({ 0: first, error }) => first === 'error' || error !== undefined,
  /\b11010\b|ERR_RATE_LIMIT/,
);
