import { refusalsWith } from '../../feed/refusals.js';
import { JITTER } from '../../network/allowance.js';
import type { BudgetLimits } from '../../network/budget.js';
import type { Rate, WireLimits } from '../../socket/plan.js';

/** The one kind of wire. */
export const GROUP = 'public';

/** Hosts ("WebSocket API", read 2026-11-29); the beta has the next version of it. */
export const hosts = { live: 'wss://ws.kraken.com', beta: 'wss://beta-ws.kraken.com' } as const;

/** Attempts to connect, by address of ours; above that it is banned for 10 minutes (API guides, "Rate limits"). */
export const connections: Rate = { limit: 150, window: 600_000, margin: JITTER };

/** So many attempts in a row may follow one another as fast as they like, and all after them so slowly (see `Respite`), in ms. */
export const AT_ONCE = 5;
export const RESPITE = 5_000;

/** How many subscriptions a connection carries is told nowhere. */
export const CHANNELS_PER_WIRE = 200;
/** Nor is it told how many messages are too many: "Exceeded msg rate" is the answer where it is. */
export const MESSAGES_PER_SECOND = 10;
export const MOST_MESSAGES = 100;

/**
 * A heartbeat comes about every second where nothing else does, in v2 from the first subscription on; a connection without
 * anything for about a minute is closed, and a ping counts (API guides). The bytes are of ours.
 */
export const wireLimits = (channels: number, messagesPerSecond: number): WireLimits => ({
  channels,
  messages: { limit: messagesPerSecond, window: 1_000 },
  topicsPerRequest: 100,
  requestBytes: 16_384,
  silence: 10_000,
  probeWithin: 5_000,
});

/** The REST side of the venue's hosts. */
export const restOfHost: Readonly<Record<string, string>> = {
  'ws.kraken.com': 'https://api.kraken.com',
  'beta-ws.kraken.com': 'https://api.kraken.com',
};

/** Public requests are let through about one a second by address ("Spot REST rate limits"). */
export const requestRate: BudgetLimits = { limit: 10, window: 10_000, concurrent: 2 };

/** An answer of status 200 that has errors in its list ("Errors"): how long a limit lasts is not said. */
export const refusalIn = refusalsWith(
  ({ error }) => Array.isArray(error) && error.length > 0,
  /Rate limit exceeded|Too many requests|Throttled|Temporary lockout/i,
);
