/** Statistics over a rolling window (24 h at most venues). */
export interface Ticker {
  /** What it is of, as the venue spells it. */
  readonly instrument: string;
  /** The price at the beginning of the window, in quote units; the three below likewise. */
  readonly open: number;
  /** The highest price within it. */
  readonly high: number;
  /** The lowest price within it. */
  readonly low: number;
  /** The price of the last trade. */
  readonly last: number;
  /** Sum of sizes over the window, in base units. */
  readonly volume: number;
  /** Sum of price × size over the window, in quote units. */
  readonly quoteVolume?: number | undefined;
  /** The same as exact decimal texts. */
  readonly exact: {
    readonly open: string;
    readonly high: string;
    readonly low: string;
    readonly last: string;
    readonly volume: string;
    readonly quoteVolume?: string | undefined;
  };
  /** The venue's time, in ms, where it tells one. */
  readonly venueTime?: number | undefined;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}
