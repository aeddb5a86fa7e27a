import type { BudgetLimits } from '../../network/budget.js';
import type { WireLimits } from '../../socket/plan.js';

/** `production`, or `sandbox`, which tastytrade calls "cert": delayed quotes, simple rules for fills. */
export type TastytradeEnvironment = 'production' | 'sandbox';

/** Source: the developer site of tastytrade and both of its SDKs (`tastytrade-api-js` 7.0, `tastytrade`), read 2026-11. */
export const environments: Readonly<Record<TastytradeEnvironment, { readonly url: string; readonly restUrl: string }>> =
  {
    production: { url: 'wss://streamer.tastyworks.com', restUrl: 'https://api.tastyworks.com' },
    sandbox: { url: 'wss://streamer.cert.tastyworks.com', restUrl: 'https://api.cert.tastyworks.com' },
  };

/** The server closes a stream that says nothing for about a minute; more often than every 2 s is not allowed (guide). */
export const heartbeatRange = { least: 2_000, most: 55_000 } as const;

/** No rate of requests is documented. Ours: so that accounts which reload together don't hammer the REST side. */
export const requestLimits: BudgetLimits = { limit: 10, window: 1_000, concurrent: 5 };

/**
 * Every heartbeat is answered, so two intervals without any frame are met with one more heartbeat, and no answer to that
 * is the end. One kind of subscription goes into a frame; neither sizes nor rates of messages are documented.
 */
export const wireLimits = (heartbeatEvery: number): WireLimits => ({
  channels: Number.POSITIVE_INFINITY,
  topicsPerRequest: 1,
  requestBytes: Number.POSITIVE_INFINITY,
  silence: 2 * heartbeatEvery,
  probeWithin: 10_000,
});
