import type { DepthEvent } from '../../model/depthEvent.js';
import type { Quote } from '../../model/quote.js';

/** The best levels of a frame of `bbo-tbt`, which holds nothing else. */
export const quotesIn = (events: readonly DepthEvent[]): readonly Quote[] =>
  events.flatMap((event) => {
    if (event.type !== 'snapshot') return [];
    const { instrument, bids, asks, sequence, venueTime, receivedTime } = event;
    return [{ instrument, bid: bids[0], ask: asks[0], sequence, venueTime, receivedTime }];
  });
