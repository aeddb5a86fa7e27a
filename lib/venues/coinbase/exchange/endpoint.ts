import { JITTER } from '../../../network/allowance.js';
import type { BudgetLimits } from '../../../network/budget.js';
import type { Rate, WireLimits } from '../../../socket/plan.js';

/** The one kind of wire. */
export const GROUP = 'feed';

/** Hosts ("WebSocket Feed", read 2026-11-29). */
export const hosts = {
  live: 'wss://ws-feed.exchange.coinbase.com',
  sandbox: 'wss://ws-feed-public.sandbox.exchange.coinbase.com',
} as const;

/** Attempts to connect, by address of ours ("WebSocket rate limits"). */
export const connections: Rate = { limit: 8, window: 1_000, margin: JITTER };

/** How many subscriptions a connection carries is told nowhere. */
export const CHANNELS_PER_WIRE = 100;

/** How often the list of what is subscribed is asked for, in ms: a figure of ours. */
export const LIST_EVERY = 60_000;

/**
 * Messages: pages differ, 100 a second here and 10 there; the lesser counts. There is no ping in the protocol, so that a
 * channel which speaks every second has to tell a dead wire. The other figures are of ours.
 */
export const wireLimits = (channels: number): WireLimits => ({
  channels,
  messages: { limit: 10, window: 1_000 },
  topicsPerRequest: 50,
  requestBytes: 65_536,
  silence: 10_000,
  probeWithin: 5_000,
});

/** The REST side of the venue's hosts. */
export const restOfHost: Readonly<Record<string, string>> = {
  'ws-feed.exchange.coinbase.com': 'https://api.exchange.coinbase.com',
  'ws-direct.exchange.coinbase.com': 'https://api.exchange.coinbase.com',
  'ws-feed-public.sandbox.exchange.coinbase.com': 'https://api-public.sandbox.exchange.coinbase.com',
};

/** 10 public requests a second by address ("Rate limits"); some are left to other programs on it. */
export const requestRate: BudgetLimits = { limit: 8, window: 1_000, concurrent: 4 };
