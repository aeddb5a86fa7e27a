import type { BudgetLimits } from '../../network/budget.js';
import type { WireLimits } from '../../socket/plan.js';

/** Source: the venue's OpenAPI description (`servers`) and its page "SIM vs. LIVE". */
export const hosts = {
  live: 'https://api.tradestation.com',
  simulator: 'https://sim-api.tradestation.com',
} as const;
/** `live`, or `simulator`: paper accounts over the same market data. */
export type TradestationEnvironment = keyof typeof hosts;

/** Source: the venue's page "Refresh tokens". */
export const TOKEN_URL = 'https://signin.tradestation.com/oauth/token';

/** Media types of streams (OpenAPI description); several clients send none and are served all the same. */
export const accepts = {
  marketData: 'application/vnd.tradestation.streams.v2+json',
  brokerage: 'application/vnd.tradestation.streams.v3+json',
  tickBars: 'application/vnd.tradestation.streams+json',
} as const;

/** What streams are counted by at the venue. */
export type TradestationResource =
  'quotes' | 'bars' | 'tickBars' | 'depth' | 'optionChains' | 'optionQuotes' | 'orders' | 'positions';

const MINUTE = 60_000;

/**
 * Of each resource, how many streams at once, and how many openings in a window. Per login. Source: the venue's rate
 * limits; for quotes and bars no number of streams is listed. Whether openings count is contradicted; they are counted.
 */
export const resourceLimits: Readonly<
  Record<TradestationResource, { readonly streams: number; readonly opens?: BudgetLimits }>
> = {
  quotes: { streams: Infinity, opens: { limit: 500, window: 5 * MINUTE } },
  bars: { streams: Infinity, opens: { limit: 500, window: 5 * MINUTE } },
  tickBars: { streams: Infinity, opens: { limit: 500, window: 5 * MINUTE } },
  depth: { streams: 10, opens: { limit: 30, window: MINUTE } },
  optionChains: { streams: 10, opens: { limit: 90, window: MINUTE } },
  optionQuotes: { streams: 10, opens: { limit: 90, window: MINUTE } },
  orders: { streams: 40 },
  positions: { streams: 40 },
};

/** Orders, positions, balances: 320 each in 5 minutes, rolling. Together they stay below the limit of one. */
export const requestRate: BudgetLimits = { limit: 300, window: 5 * MINUTE, concurrent: 4 };

/** Symbols in one quote stream (OpenAPI description). */
const QUOTES_PER_STREAM = 100;

/** Silence is watched below: a wire of quotes outlives the streams that it is made of. */
const limits = { topicsPerRequest: QUOTES_PER_STREAM, requestBytes: 65_536, silence: Infinity, probeWithin: 10_000 };
export const streamLimits: WireLimits = { ...limits, channels: 1 };
export const quoteLimits: WireLimits = { ...limits, channels: QUOTES_PER_STREAM };

/** A heartbeat comes after 5 s of idle; three of them are waited for. */
export const SILENCE = 15_000;
/** A stream that says nothing at all after it has opened is no better for waiting longer. */
export const FIRST_BYTE = 10_000;
/** After DualLogon: whoever is back at once is thrown out at once. */
export const DUAL_LOGON = 60_000;
/** After 429 without a time. */
export const TOO_MANY = 60_000;
/** Announced ends come to everybody at once. */
export const SPREAD = 1_000;
