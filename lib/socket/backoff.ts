/** How long to wait before the next attempt. A value: nothing in it runs. */
export interface BackoffPolicy {
  /** The ceiling of the second wait, in ms (the first retry is immediate). Default: 500. */
  readonly base: number;
  /** Growth from one ceiling to the next. Default: 2. */
  readonly factor: number;
  /** No ceiling exceeds this, in ms. Default: 30,000. */
  readonly cap: number;
  /** An uptime of at least this many ms makes the next loss the first again. Default: 5,000. */
  readonly stableAfter: number;
  /** Attempts in a row before giving up. Default: `Infinity`. */
  readonly limit: number;
}
