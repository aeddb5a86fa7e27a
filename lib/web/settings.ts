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
}
