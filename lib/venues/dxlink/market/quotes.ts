import { levelOfNumbers } from '../../../codec/jsonNumbers.js';
import type { PriceLevel } from '../../../model/priceLevel.js';
import type { DxLinkEvent } from '../eventTypes.js';

/** Best bid and ask: the venue's own fields, and what operators over quotes of all venues read. */
export type DxLinkQuote = DxLinkEvent<'Quote'> & {
  /**
   * Absent where price or size is (an index has a `bidPrice` and no size), and where the size is 0: nobody bids. A price
   * of 0 or below is one: spreads and worthless options have such.
   */
  readonly bid: PriceLevel | undefined;
  readonly ask: PriceLevel | undefined;
  readonly venueTime: number | undefined;
};

export function quoteOf(event: DxLinkEvent<'Quote'>): DxLinkQuote {
  const { bidPrice, bidSize, askPrice, askSize, bidTime, askTime } = event;
  const level = (price: number | undefined, size: number | undefined): PriceLevel | undefined =>
    price === undefined || size === undefined || size === 0 ? undefined : levelOfNumbers(price, size);
  const venueTime = bidTime === undefined ? askTime : Math.max(bidTime, askTime ?? 0);
  const quote: Record<string, unknown> = {};
  // By name: spreading the event takes five times as long.
  for (const name in event) quote[name] = event[name as keyof typeof event];
  quote['bid'] = level(bidPrice, bidSize);
  quote['ask'] = level(askPrice, askSize);
  quote['venueTime'] = venueTime;
  return quote as DxLinkQuote & typeof quote;
}
