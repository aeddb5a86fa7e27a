/** Open, high, low, close and volume of one interval. */
export interface Candle {
  /** What it is of, as the venue spells it. */
  readonly instrument: string;
  /** The venue's own name of the interval, `1m` for instance. */
  readonly interval: string;
  /** Start of the interval, in ms. */
  readonly openTime: number;
  /** End of the interval (its last ms), in ms. */
  readonly closeTime: number;
  /** The price of its first trade, in quote units; the three below likewise. */
  readonly open: number;
  /** The highest price. */
  readonly high: number;
  /** The lowest price. */
  readonly low: number;
  /** The price of its last trade so far. */
  readonly close: number;
  /** Sum of sizes, in base units. */
  readonly volume: number;
  /** The same as exact decimal texts. */
  readonly exact: {
    readonly open: string;
    readonly high: string;
    readonly low: string;
    readonly close: string;
    readonly volume: string;
  };
  /** How many trades made it, where the venue tells. */
  readonly trades?: number | undefined;
  /** Whether the interval is over; until then the candle is replaced by newer ones with the same `openTime`. */
  readonly closed: boolean;
  /** The venue's time, in ms, where it tells one. */
  readonly venueTime?: number | undefined;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}
