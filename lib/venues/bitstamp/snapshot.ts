import { type Observable, map, of, switchMap, timer } from 'rxjs';
import { readAnswer } from '../../feed/readAnswer.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { DepthSnapshot } from '../../model/depthEvent.js';
import { BookAnswer, millisOf } from './frames.js';

/**
 * The REST snapshot of one book, asked for after so many ms.
 *
 * @throws (on the stream) RequestFailedError.
 */
export const depthSnapshot = (
  { requests, scheduler }: Pick<VenueBase, 'requests' | 'scheduler'>,
  restUrl: string,
  instrument: string,
  after: number,
): Observable<DepthSnapshot> =>
  (after > 0 ? timer(after, scheduler) : of(0)).pipe(
    switchMap(() => requests.send({ method: 'GET', url: `${restUrl}/api/v2/order_book/${instrument}/?group=1` })),
    map((response) => {
      const { bids, asks, microtimestamp } = readAnswer(BookAnswer, response);
      const venueTime = millisOf(microtimestamp);
      return { type: 'snapshot', instrument, bids, asks, venueTime, receivedTime: scheduler.now() };
    }),
  );
