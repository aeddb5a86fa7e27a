import { JITTER } from '../../../network/allowance.js';
import type { BudgetLimits } from '../../../network/budget.js';
import type { Rate, WireLimits } from '../../../socket/plan.js';

/** The kinds of wire: books are many to a wire only up to a limit. */
export type AdvancedGroup = 'books' | 'market';

/** Market data ("WebSocket Overview" of Advanced Trade, read 2026-11-29); no login is needed. */
export const HOST = 'wss://advanced-trade-ws.coinbase.com';

/**
 * Attempts to connect: 8 a second, by address of ours ("WebSocket rate limits"). Each wire has messages to send within its first
 * 5 s, or the venue closes it, so that no more are opened than there is room for these.
 */
export const connections: Rate = { limit: 2, window: 1_000 };

/** Messages without a login: 8 a second, by address of ours (ibid.). One is left to the way, which may bring two closer together. */
export const messages: Rate = { limit: 7, window: 1_000, margin: JITTER };

/**
 * Of 32 books a connection the venue refuses some ("too many L2 streams requested in a single session"), 16 it takes (an
 * issue of a public client, January 2026); the limit is documented nowhere.
 */
export const BOOKS_PER_WIRE = 16;
/** How many others one carries is told nowhere. */
export const CHANNELS_PER_WIRE = 100;

/** A wire takes half of the messages. A heartbeat comes every second; there is no ping. The other figures are of ours. */
export const wireLimits = (channels: number): WireLimits => ({
  channels,
  messages: { limit: 4, window: 1_000 },
  topicsPerRequest: 50,
  requestBytes: 65_536,
  silence: 10_000,
  probeWithin: 5_000,
});

/** The REST side of the venue's host. */
export const restOfHost: Readonly<Record<string, string>> = {
  'advanced-trade-ws.coinbase.com': 'https://api.coinbase.com',
};

/** 10 public requests a second by address ("REST API rate limits"); some are left to other programs on it. */
export const requestRate: BudgetLimits = { limit: 8, window: 1_000, concurrent: 4 };
