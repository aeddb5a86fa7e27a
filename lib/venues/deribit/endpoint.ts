import { refusalsWith } from '../../feed/refusals.js';
import type { BudgetLimits } from '../../network/budget.js';
import type { Rate, WireLimits } from '../../socket/plan.js';

/** Where the API is to be had (docs.deribit.com, read 2026-11-29); `streams.deribit.com` serves market data only. */
export const hosts = {
  live: 'wss://www.deribit.com/ws/api/v2',
  testnet: 'wss://test.deribit.com/ws/api/v2',
} as const;

/** The REST side of those hosts that have none themselves. */
export const restOfHost: Readonly<Record<string, string>> = { 'streams.deribit.com': 'https://www.deribit.com' };

/** How many channels a connection carries is told nowhere; one subscription of 500 is what the venue takes at once. */
export const CHANNELS_PER_WIRE = 500;

/** The venue says that it is there every so many seconds, 10 at the least ("public/set_heartbeat"). */
export const HEARTBEAT = 10;

/**
 * Subscribing costs 3,000 of 30,000 credits, which come back within some 3 s ("Rate limits"): three requests a second leave
 * room for what else an address does. Credits are an address's, or an account's, whatever wires it has.
 */
export const requests: Rate = { limit: 3, window: 1_000 };

/** Any other message costs 500 of 50,000 credits, and 10,000 come back each second (ibid.). */
export const messages: Rate = { limit: 20, window: 1_000 };

/** How soon an end is asked for again that the venue refused for now, in ms: a figure of ours. */
export const END_AGAIN = 10_000;

export const wireLimits: Omit<WireLimits, 'channels'> = {
  topicsPerRequest: 500,
  requestBytes: 32_768,
  silence: 2_500 * HEARTBEAT,
  probeWithin: 8_000,
};

/** What needs no login may be asked for some 20 times a second by address ("Rate limits"); half of that is taken. */
export const requestRate: BudgetLimits = { limit: 10, window: 1_000, concurrent: 2 };

/** 10028, `too_many_requests` ("Rate limits"); how long it takes is not said. */
export const refusalIn = refusalsWith(({ error }) => error !== undefined, /"code"\s*:\s*10028\b/);
