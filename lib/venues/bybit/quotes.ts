import type { BookState } from '../../model/bookState.js';
import type { Quote } from '../../model/quote.js';

/** The best of a live book. */
export function quotesIn(state: BookState): readonly Quote[] {
  if (state.status !== 'live') return [];
  const { instrument, bestBid: bid, bestAsk: ask, sequence, venueTime, receivedTime } = state.book;
  return [{ instrument, bid, ask, sequence, venueTime, receivedTime }];
}
