import type { WireLimits } from '../../socket/plan.js';

/** The public demo of dxFeed: delayed, without a token. (`dxlink-feed/src/index.test.ts` of dxFeed/dxLink.) */
export const DEMO = 'wss://demo.dxfeed.com/market-data/dxlink-ws';

/**
 * A server's own limits are nowhere told. Frames as large as those of the official client (8,192 characters; some 2,000
 * symbols in one frame broke a connection, tastyware/tastytrade#137), and no more than 50 of them a second: 20,000
 * options are subscribed within 5 s.
 */
export const wireLimits = (keepalive: number): WireLimits => ({
  channels: 100_000,
  messages: { limit: 50, window: 1_000 },
  topicsPerRequest: 1_000,
  requestBytes: 8_192,
  silence: keepalive * 1_000 + 5_000,
  probeWithin: 10_000,
});

/** How long a snapshot may stand still or take, in ms. */
export const SNAPSHOT_WITHIN = 10_000;
