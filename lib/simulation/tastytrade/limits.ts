/** What the simulated tastytrade allows. Source: the guide's `streaming-account-data` and `oauth`. */
export interface TastytradeLimits {
  /** A connection without any message from its client for so long is closed, in ms. Default: 60,000. */
  readonly silence: number;
  /** How long an access token is good, in ms. Default: 900,000. */
  readonly tokenLife: number;
  /** How long a token for quotes is good, in ms. Default: 86,400,000. */
  readonly quoteTokenLife: number;
}

/** The venue's own: a minute of silence, a quarter of an hour for tokens, a day for those of quotes. */
export const tastytradeLimits: TastytradeLimits = {
  silence: 60_000,
  tokenLife: 900_000,
  quoteTokenLife: 86_400_000,
};
