import type { PriceLevel } from './priceLevel.js';

/** Best bid and ask as the venue's own ticker of the top of its book tells them. */
export interface Quote {
  /** What it is of, as the venue spells it. */
  readonly instrument: string;
  /** Absent while that side is empty. */
  readonly bid: PriceLevel | undefined;
  /** Absent while that side is empty. */
  readonly ask: PriceLevel | undefined;
  /** The book's sequence, where the venue tells it. */
  readonly sequence?: number | undefined;
  /** The venue's time, in ms, where it tells one. */
  readonly venueTime?: number | undefined;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}
