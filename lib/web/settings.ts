/** What the page is to show, as whoever serves it says. */
export interface WebSettings {
  /** What the venue is called on the relay. */
  readonly venue: string;
  /** What it is called for people: `binance spot`. */
  readonly title: string;
  /** Where it comes from, in words: `live`, `simulated on …`. */
  readonly origin: string;
  readonly instruments: readonly string[];
  /** What one should know, at the foot. */
  readonly notes: readonly string[];
  /** What can be done to the venue, where it is simulated by whoever serves the page. */
  readonly injuries: readonly { readonly name: string; readonly words: string }[];
  /** Whether there is an account, whose tables are served. */
  readonly hasAccount: boolean;
}

/** A table of an account: `orders`, `balances`. */
export interface WebTable {
  readonly name: string;
  /** `live`, or why it can't be trusted: `stale: closed`. */
  readonly status: string;
  readonly columns: readonly { readonly name: string; readonly right?: boolean }[];
  readonly rows: readonly (readonly string[])[];
}
