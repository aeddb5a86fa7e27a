/** What the simulated Coinbase allows. */
export interface CoinbaseLimits {
  /** A connection without any subscription for so long is closed, in ms. Default: 5,000. */
  readonly subscribeWithin: number;
  /** Books of one connection. Over it: an error. The venue takes 16 and refuses 32. Default: 16. */
  readonly booksPerConnection: number;
  /** Messages in any second over all connections, which are taken to come from one address. Over it: an error. Default: 8. */
  readonly messagesPerSecond: number;
  /**
   * Connections asked for in any second, likewise. Over it: 429. The venue allows 8. Default: no limit, since clients of one machine would
   * take them from one another.
   */
  readonly connectionsPerSecond: number;
}

/** Source: docs of Advanced Trade, and an issue of a public client; read 2026-11-29. */
export const coinbaseLimits: CoinbaseLimits = {
  subscribeWithin: 5_000,
  booksPerConnection: 16,
  messagesPerSecond: 8,
  connectionsPerSecond: Number.POSITIVE_INFINITY,
};
