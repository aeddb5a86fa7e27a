import { JITTER } from '../../network/allowance.js';
import type { BudgetLimits } from '../../network/budget.js';
import type { Rate, WireLimits } from '../../socket/plan.js';

/** Where the API is to be had (Hyperliquid's gitbook, read 2026-11-29). */
export const hosts = { live: 'wss://api.hyperliquid.xyz/ws', testnet: 'wss://api.hyperliquid-testnet.xyz/ws' } as const;

/** Subscriptions of one address; connections are told as 100 in older copies of the docs and as 10 in newer ones. */
export const CHANNELS_PER_WIRE = 1_000;
/** New connections, by address (newer copies). */
export const connections: Rate = { limit: 30, window: 60_000, margin: JITTER };
/** A socket to which nothing was sent for 60 s is closed; a ping is answered. In ms. */
export const PING_EVERY = 25_000;
/** Usual books come about every 5 s, fast ones twice a second; one that does not has stalled. In ms. */
export const STALLED = { usual: 15_000, fast: 5_000 } as const;

/** 2,000 messages a minute, by address. */
export const messages: Rate = { limit: 1_900, window: 60_000, margin: JITTER };

/** A message is about one subscription. */
export const wireLimits: Omit<WireLimits, 'channels'> = {
  topicsPerRequest: 1,
  requestBytes: 1_024,
  silence: 40_000,
  probeWithin: 10_000,
};

/** Weight 1,200 a minute by address (ibid.); a fifth is left to other programs on it. */
export const requestRate: BudgetLimits = { limit: 960, window: 60_000, concurrent: 4 };
