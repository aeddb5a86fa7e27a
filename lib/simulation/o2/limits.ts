/** What the simulated O2 allows. */
export interface O2Limits {
  /** Identities in one request. Over it: error 6001. Default: 10. */
  readonly identitiesPerRequest: number;
  /** A connection that says nothing for so long is closed, in ms. Default: 60,000. */
  readonly idleTimeout: number;
  /** Messages from the client in any second. Over it: close 1008. Not documented by the venue. Default: no limit. */
  readonly messagesPerSecond: number;
  /** Requests in any second. Over it: 429 with code 1003. Not documented by the venue. Default: no limit. */
  readonly requestsPerSecond: number;
}

/** Source: docs.o2.app, the server's own types; read 2026-11-20. */
export const o2Limits: O2Limits = {
  identitiesPerRequest: 10,
  idleTimeout: 60_000,
  messagesPerSecond: Number.POSITIVE_INFINITY,
  requestsPerSecond: Number.POSITIVE_INFINITY,
};
