/** What the simulated OKX allows. */
export interface OkxLimits {
  /** A connection on which nothing is said for so long is closed, in ms. Default: 30,000. */
  readonly idleTimeout: number;
  /** Requests about subscriptions in an hour. Over it: error 60014. Default: 480. */
  readonly requestsPerHour: number;
  /**
   * Connections asked for in any second, from one address, which all are taken to come from. Over it: 429. The venue allows 3. Default: no
   * limit, since clients of one machine would take them from one another.
   */
  readonly connectionsPerSecond: number;
  /** Bytes of a request. Over it: error 60012. Default: 65,536. */
  readonly requestBytes: number;
}

/** Source: docs-v5 of OKX, read 2026-11-29. */
export const okxLimits: OkxLimits = {
  idleTimeout: 30_000,
  requestsPerHour: 480,
  connectionsPerSecond: Number.POSITIVE_INFINITY,
  requestBytes: 65_536,
};
