import type { PriceLevel } from './priceLevel.js';

/** Best bid and ask as the venue's own ticker of the top of its book tells them. */
export interface Quote {
  readonly instrument: string;
  /** Absent while that side is empty. */
  readonly bid: PriceLevel | undefined;
  readonly ask: PriceLevel | undefined;
  /** The book's sequence, where the venue tells it. */
  readonly sequence?: number | undefined;
  readonly venueTime?: number | undefined;
  readonly receivedTime: number;
}
