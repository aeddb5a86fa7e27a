import { type Observable, filter, map } from 'rxjs';
import { live } from '../../operators/live.js';
import type { BookState } from '../../model/bookState.js';
import type { Quote } from '../../model/quote.js';

/** The quotes of a venue that has no such stream: best bid and ask of its book while that is live. */
export const bestOfBook = (book$: Observable<BookState>): Observable<Quote> =>
  book$.pipe(
    live(),
    map(({ instrument, bestBid, bestAsk, sequence, venueTime, receivedTime }) => ({
      instrument,
      bid: bestBid,
      ask: bestAsk,
      sequence,
      venueTime,
      receivedTime,
    })),
    filter(({ bid, ask }) => bid !== undefined || ask !== undefined),
  );
