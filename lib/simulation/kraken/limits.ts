/** What the simulated Kraken allows. */
export interface KrakenLimits {
  /** A connection that says nothing for so long, and hears nothing, is closed, in ms. Default: 60,000. */
  readonly idleTimeout: number;
  /** Messages from the client in any second; the venue has such a limit and tells no number. Over it: `Exceeded msg rate`. Default: 50. */
  readonly messagesPerSecond: number;
}

/** Source: API guides of docs.kraken.com, read 2026-11-29. */
export const krakenLimits: KrakenLimits = { idleTimeout: 60_000, messagesPerSecond: 50 };
