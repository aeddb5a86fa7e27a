import { type Observable, type SchedulerLike, map } from 'rxjs';
import { readPart } from '../../feed/readAnswer.js';
import type { Requests } from '../../feed/requests.js';
import type { DepthSnapshot } from '../../model/depthEvent.js';
import { WholeDepth } from './frames.js';
import { jsonOf, refusedBy } from './refusedBy.js';

/**
 * The REST snapshot of one book.
 *
 * @throws (on the stream) SubscriptionRefusedError where there is no such symbol; RequestFailedError for anything else.
 */
export const depthSnapshot = (
  { requests, scheduler }: { readonly requests: Requests; readonly scheduler: SchedulerLike },
  instrument: string,
  url: string,
  weight: number,
): Observable<DepthSnapshot> =>
  requests.send({ method: 'GET', url }, [1, weight]).pipe(
    map(({ body }): DepthSnapshot => {
      const { lastUpdateId, bids, asks, T } = readPart(WholeDepth, jsonOf(body));
      return {
        type: 'snapshot',
        instrument,
        sequence: lastUpdateId,
        bids,
        asks,
        venueTime: T,
        receivedTime: scheduler.now(),
      };
    }),
    refusedBy(instrument),
  );
