import {
  type Observable,
  type ObservableInput,
  type SchedulerLike,
  catchError,
  defer,
  map,
  of,
  switchMap,
  take,
} from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { readAnswer } from '../../feed/readAnswer.js';
import type { Requests } from '../../feed/requests.js';
import type { DepthSnapshot } from '../../model/depthEvent.js';
import { within } from '../../network/within.js';
import { PARTIAL_BOOK, WHOLE_BOOK } from './endpoint.js';
import { BookAnswer } from './frames.js';

/** What is to be signed: the method, and path with query. */
export interface KucoinRequest {
  readonly method: 'GET';
  readonly path: string;
}

/**
 * Gives the headers of a request that an API key has signed (`KC-API-KEY`, `KC-API-SIGN`, `KC-API-TIMESTAMP`,
 * `KC-API-PASSPHRASE`, `KC-API-KEY-VERSION`). Asked for each request, within 8 s; the first value counts.
 */
export type KucoinSigner = (request: KucoinRequest) => ObservableInput<Readonly<Record<string, string>>>;

/** How long signing may take, in ms. */
const SIGNED_WITHIN = 8_000;

interface SnapshotRequests {
  readonly requests: Requests;
  readonly scheduler: SchedulerLike;
  readonly restUrl: string;
  readonly sign: KucoinSigner | undefined;
}

/**
 * The REST snapshot of one book: all of it where requests are signed, else its best 100 levels a side.
 *
 * @throws (on the stream) RequestFailedError.
 */
export function depthSnapshot(
  { requests, scheduler, restUrl, sign }: SnapshotRequests,
  instrument: string,
): Observable<DepthSnapshot> {
  const path = `${sign === undefined ? PARTIAL_BOOK : WHOLE_BOOK}?symbol=${encodeURIComponent(instrument)}`;
  const late = (): Error => new RequestFailedError(`not signed within ${SIGNED_WITHIN} ms`);
  const signed$ =
    sign === undefined
      ? of({})
      : defer(() => sign({ method: 'GET', path })).pipe(
          // What a signer says may hold its key.
          catchError((error: unknown) => {
            throw new RequestFailedError(`not signed: ${error instanceof Error ? error.name : typeof error}`);
          }),
          within(SIGNED_WITHIN, { scheduler }, late),
          take(1),
        );
  return signed$.pipe(
    switchMap((headers) => requests.send({ method: 'GET', url: `${restUrl}${path}`, headers })),
    map((response): DepthSnapshot => {
      const { sequence, time, bids = [], asks = [] } = readAnswer(BookAnswer, response).data;
      return {
        type: 'snapshot',
        instrument,
        sequence: Number(sequence),
        bids,
        asks,
        venueTime: time,
        receivedTime: scheduler.now(),
      };
    }),
  );
}
