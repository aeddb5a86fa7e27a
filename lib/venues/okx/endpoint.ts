import { refusalsWith } from '../../feed/refusals.js';
import { JITTER } from '../../network/allowance.js';
import type { BudgetLimits } from '../../network/budget.js';
import type { Rate, WireLimits } from '../../socket/plan.js';

/** Which of OKX's sites an account belongs to; each has hosts of its own. */
export type OkxRegion = 'global' | 'eea' | 'us';

/** The kinds of wire: `books` and `public` go to one address, candles and single fills to another. */
export type OkxGroup = 'public' | 'books' | 'business';

/**
 * Hosts by site, live and demo. Without the port 8443 of the venue's older pages: it is told to be switched off since
 * 2026-10-31 (a third-party index of notices, read 2026-11-29), and the hosts are the same without it.
 */
export const hosts: Readonly<Record<OkxRegion, readonly [live: string, demo: string]>> = {
  global: ['wss://ws.okx.com', 'wss://wspap.okx.com'],
  eea: ['wss://wseea.okx.com', 'wss://wseeapap.okx.com'],
  us: ['wss://wsus.okx.com', 'wss://wsuspap.okx.com'],
};

/** The path of each kind of wire (docs-v5, "WebSocket"). */
export const paths: Readonly<Record<OkxGroup, string>> = {
  public: '/ws/v5/public',
  books: '/ws/v5/public',
  business: '/ws/v5/business',
};

/** What the business wire of a demo site asks for in its address. */
export const DEMO_BUSINESS = '?brokerId=9999';
/** What has a request answered of demo trading: the host is that of the live site (docs-v5, "Demo Trading Services"). */
export const DEMO_HEADERS = { 'x-simulated-trading': '1' } as const;
/** Whether a socket's base is one of demo trading, whatever port it is reached by. */
export const isDemoHost = (base: string): boolean =>
  Object.values(hosts).some(([, demo]) => new URL(demo).hostname === new URL(base).hostname);

/** Attempts to connect, by address of ours (docs-v5, "Connection limit"). */
export const connections: Rate = { limit: 3, window: 1_000, margin: JITTER };

/** A book that does not change is told again about every 60 s (docs-v5, "Order book channel"); one that is not has stalled. In ms. */
export const STALLED = 90_000;

/** "We recommend fewer than 30 channels of 50 or 400 levels" on a connection (docs-v5, "Order book channel"). */
export const BOOKS_PER_WIRE = 29;
/** How many others one carries is told nowhere. */
export const CHANNELS_PER_WIRE = 100;

/**
 * Subscribing and unsubscribing together may be said 480 times an hour (an end that is said again goes ahead of a request, so the
 * last one may be two), and the list of channels may take 64 KB (docs-v5, "Subscribe"). A connection on which nothing is pushed for 30 s is closed; a text `ping` is answered (ibid.), so silence
 * is met with one in time for its answer.
 */
export const wireLimits: Omit<WireLimits, 'channels'> = {
  requests: { limit: 479, window: 3_600_000, margin: JITTER },
  topicsPerRequest: 100,
  requestBytes: 65_536,
  silence: 20_000,
  probeWithin: 8_000,
};

/**
 * The REST side of the venue's hosts (docs-v5, "Production Trading URL" and those of the regions); the demo sites have that of
 * their region.
 */
export const restOfHost: Readonly<Record<string, string>> = {
  'ws.okx.com': 'https://www.okx.com',
  'wspap.okx.com': 'https://www.okx.com',
  'wseea.okx.com': 'https://eea.okx.com',
  'wseeapap.okx.com': 'https://eea.okx.com',
  'wsus.okx.com': 'https://us.okx.com',
  'wsuspap.okx.com': 'https://us.okx.com',
  'real.okcoin.com': 'https://www.okcoin.com',
};

/** Lists and old candles may be asked for 20 times in 2 s each (docs-v5); a few are left to other programs on the address. */
export const requestRate: BudgetLimits = { limit: 16, window: 2_000, concurrent: 4 };

/** `{"code":"50011","msg":"Rate limit reached…"}` (docs-v5, "Error Code"): limits count 2 s at the most, and nothing says how long it takes. */
export const refusalIn = refusalsWith(({ code }) => code !== undefined && code !== '0', /"code"\s*:\s*"50011"/);
