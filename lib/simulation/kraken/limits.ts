/** What the simulated Kraken allows. */
export interface KrakenLimits {
  /** A connection that says nothing for so long, and hears nothing, is closed, in ms. Default: 60,000. */
  readonly idleTimeout: number;
  /** Messages from the client in any second; the venue has such a limit and tells no number. Over it: `Exceeded msg rate`. Default: 50. */
  readonly messagesPerSecond: number;
  /** Connections asked for within `connectionWindow`, from one address, which all are taken to come from. Over it: 429. Default: 150. */
  readonly connections: number;
  /** In ms. Default: 600,000. */
  readonly connectionWindow: number;
}

/** Source: API guides of docs.kraken.com, read 2026-11-29. */
export const krakenLimits: KrakenLimits = {
  idleTimeout: 60_000,
  messagesPerSecond: 50,
  connections: 150,
  connectionWindow: 600_000,
};
