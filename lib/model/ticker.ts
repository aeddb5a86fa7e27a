/** Statistics over a rolling window (24 h at most venues). */
export interface Ticker {
  readonly instrument: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly last: number;
  /** Sum of sizes over the window, in base units. */
  readonly volume: number;
  /** Sum of price × size over the window, in quote units. */
  readonly quoteVolume?: number | undefined;
  readonly exact: {
    readonly open: string;
    readonly high: string;
    readonly low: string;
    readonly last: string;
    readonly volume: string;
    readonly quoteVolume?: string | undefined;
  };
  readonly venueTime?: number | undefined;
  readonly receivedTime: number;
}
