/** Open, high, low, close and volume of one interval. */
export interface Candle {
  readonly instrument: string;
  /** The venue's own name of the interval, `1m` for instance. */
  readonly interval: string;
  /** Start of the interval, in ms. */
  readonly openTime: number;
  /** End of the interval (its last ms), in ms. */
  readonly closeTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Sum of sizes, in base units. */
  readonly volume: number;
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
  readonly venueTime?: number | undefined;
  readonly receivedTime: number;
}
