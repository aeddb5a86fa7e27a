import { refusalsWith } from '../../feed/refusals.js';
import type { RefusalIn } from '../../feed/requests.js';
import { JITTER } from '../../network/allowance.js';
import type { BudgetLimits } from '../../network/budget.js';
import type { Rate, WireLimits } from '../../socket/plan.js';

/** The venue's kinds of market. A symbol is one thing in one and another in the next; each has an address of its own. */
export type BybitCategory = 'spot' | 'linear' | 'inverse' | 'option';

/** Where the public streams are to be had, live and on the testnet (docs v5, "Connect", read 2026-11-29). */
export const hosts = { live: 'wss://stream.bybit.com', testnet: 'wss://stream-testnet.bybit.com' } as const;

/** The venue's sites: the first is for everybody, the others for accounts of their regions (ibid.; "Integration Guidance"). */
const SITES = [
  'bybit.com',
  'bybit.tr',
  'bybit-tr.com',
  'bybit.kz',
  'bybit.id',
  'bybitgeorgia.ge',
  'manepa.jp',
] as const;

/** The REST side of the venue's hosts (ibid.). */
export const restOfHost: Readonly<Record<string, string>> = {
  ...Object.fromEntries(SITES.map((site) => [`stream.${site}`, `https://api.${site}`])),
  'stream-testnet.bybit.com': 'https://api-testnet.bybit.com',
};

/** 600 requests in 5 s by address ("Rate limit"); a fifth is left to other programs on it. */
export const requestRate: BudgetLimits = { limit: 480, window: 5_000, concurrent: 4 };

export const pathOf = (category: BybitCategory): string => `/v5/public/${category}`;

/** A book of one level that does not change is told again every 3 s ("Orderbook"); one that is not has stalled. In ms. */
export const STALLED = 15_000;

/** Attempts to connect, by domain (ibid.). */
export const connections: Rate = { limit: 500, window: 300_000, margin: JITTER };

/** The longest symbol that is taken, so that the room its topics need is known. */
export const LONGEST_SYMBOL = 32;

/**
 * What all subscriptions of one connection may take together is 21,000 characters (ibid.), and the longest takes 50 of them:
 * `"orderbook.1000."`, a symbol, and a comma.
 */
export const MAX_TOPICS = 420;

/** "We recommend that you send the ping heartbeat packet every 20 seconds" (ibid.), in ms. */
export const PING_EVERY = 20_000;

/** Spot takes ten topics in a request (ibid.). For the others no number is told; a request of a hundred is none too big. */
export const wireLimits = (category: BybitCategory, channels: number): WireLimits => ({
  channels,
  topicsPerRequest: category === 'spot' ? 10 : 100,
  requestBytes: 21_000,
  silence: 30_000,
  probeWithin: 10_000,
});

/** How many levels a side the venue's books have. The first is the usual one. */
export const depths = {
  spot: [50, 1, 200, 1_000],
  linear: [50, 1, 200, 1_000],
  inverse: [50, 1, 200, 1_000],
  option: [25, 100],
} as const;

/** "Terminate all HTTP sessions and wait for at least 10 minutes" is what a banned address is told to do, in ms ("Rate limit"). */
const BAN = 600_000;

/**
 * A ban comes as `403, access too frequent`, or as 10018; 10006 says that there were too many visits within the window (ibid.), in
 * an answer of status 200.
 */
export const refusalIn: RefusalIn = (answer, now) => {
  const { status, body } = answer;
  const isBan = (status === 403 && /too frequent/i.test(body)) || isBanned(answer, now) === BAN;
  return isBan ? BAN : isRefused(answer, now);
};
const isRefusal = ({ retCode }: { readonly retCode?: unknown }): boolean => retCode !== undefined && retCode !== 0;
const isBanned = refusalsWith(isRefusal, /"retCode"\s*:\s*10018\b/, BAN);
const isRefused = refusalsWith(isRefusal, /"retCode"\s*:\s*10006\b/, requestRate.window);
