import { type Observable, map, of, switchMap, timer } from 'rxjs';
import { readAnswer } from '../../feed/readAnswer.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { DepthSnapshot } from '../../model/depthEvent.js';
import type { HttpResponse } from '../../network/network.js';
import { changeOf } from './depthByOrder.js';
import { BookAnswer, millisOf, OrdersAnswer } from './frames.js';

/** How the REST snapshot of one book is asked for. */
export interface SnapshotRequest {
  readonly restUrl: string;
  readonly instrument: string;
  /** How long after it is wanted, in ms. */
  readonly after: number;
}

type Outside = Pick<VenueBase, 'requests' | 'scheduler'>;

/**
 * The REST snapshot of one book.
 *
 * @throws (on the stream) RequestFailedError.
 */
export const depthSnapshot = (outside: Outside, wanted: SnapshotRequest): Observable<DepthSnapshot> =>
  answerTo(outside, wanted, 1).pipe(
    map((response) => {
      const { bids, asks, microtimestamp } = readAnswer(BookAnswer, response);
      return snapshotOf(outside, wanted, { bids, asks, venueTime: millisOf(microtimestamp) });
    }),
  );

/** The same, order by order. */
export const snapshotByOrder = (outside: Outside, wanted: SnapshotRequest): Observable<DepthSnapshot> =>
  answerTo(outside, wanted, 2).pipe(
    map((response) => {
      const { bids, asks, microtimestamp } = readAnswer(OrdersAnswer, response);
      const venueTime = millisOf(microtimestamp);
      return snapshotOf(outside, wanted, { bids: bids.map(changeOf), asks: asks.map(changeOf), venueTime });
    }),
  );

/** @param group 1 for a line a price, 2 for a line an order. */
const answerTo = (
  { requests, scheduler }: Outside,
  { restUrl, instrument, after }: SnapshotRequest,
  group: 1 | 2,
): Observable<HttpResponse> =>
  (after > 0 ? timer(after, scheduler) : of(0)).pipe(
    switchMap(() =>
      requests.send({ method: 'GET', url: `${restUrl}/api/v2/order_book/${instrument}/?group=${group}` }),
    ),
  );

const snapshotOf = (
  { scheduler }: Outside,
  { instrument }: SnapshotRequest,
  whole: Pick<DepthSnapshot, 'bids' | 'asks' | 'venueTime'>,
): DepthSnapshot => ({ type: 'snapshot', instrument, ...whole, receivedTime: scheduler.now() });
