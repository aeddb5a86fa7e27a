/** What a simulated TradeStation allows, and how it behaves in time. */
export interface TradestationLimits {
  /** How long an access token is good, in ms. Default: 1,200,000. */
  readonly tokenLife: number;
  /** A stream that was idle for so long says so, in ms. Default: 5,000. */
  readonly heartbeatEvery: number;
  /** Streams at once: depth of both kinds together, options of each kind, orders, positions. Default: 10. */
  readonly depth: number;
  /** Default: 10. */
  readonly options: number;
  /** Default: 40. */
  readonly accounts: number;
  /** Openings in 5 minutes: quotes, bars. Default: 500. */
  readonly opens: number;
  /** Openings of depth in a minute. Default: 30. */
  readonly depthOpens: number;
}

/** Those of the venue. */
export const tradestationLimits: TradestationLimits = {
  tokenLife: 1_200_000,
  heartbeatEvery: 5_000,
  depth: 10,
  options: 10,
  accounts: 40,
  opens: 500,
  depthOpens: 30,
};
