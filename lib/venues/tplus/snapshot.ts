import { type Observable, type SchedulerLike, catchError, map, throwError } from 'rxjs';
import { comparePrices } from '../../book/level.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { isRefusedWith } from '../../feed/isPage.js';
import { readAnswer } from '../../feed/readAnswer.js';
import type { Requests } from '../../feed/requests.js';
import type { DepthSnapshot } from '../../model/depthEvent.js';
import type { Hosts } from './endpoint.js';
import { DepthAnswer } from './frames.js';
import { errorCodeOf } from './rest.js';

/**
 * The whole book of one asset. The server keeps sorted maps, so that bids may come lowest first; a sequence that is
 * missing or 0 is none, and the snapshot of no use.
 *
 * @throws (on the stream) SubscriptionRefusedError where there is no such market; RequestFailedError for anything else.
 */
export function depthSnapshot(
  { market }: Hosts,
  requests: Requests,
  scheduler: SchedulerLike,
  asset: string,
): Observable<DepthSnapshot> {
  return requests.send({ method: 'GET', url: `${market}/marketdepth/${asset}` }).pipe(
    map((response): DepthSnapshot => {
      const { sequence_number: sequence = 0, bids = [], asks = [] } = readAnswer(DepthAnswer, response);
      if (sequence === 0) throw new RequestFailedError('a snapshot without a sequence');
      return {
        type: 'snapshot',
        instrument: asset,
        sequence,
        bids: [...bids].sort((a, b) => comparePrices(b, a)),
        asks: [...asks].sort(comparePrices),
        venueTime: undefined,
        receivedTime: scheduler.now(),
      };
    }),
    catchError((error: unknown) => throwError(() => refusalOf(error, asset) ?? error)),
  );
}

function refusalOf(error: unknown, asset: string): SubscriptionRefusedError | undefined {
  if (!isRefusedWith(error, 404)) return undefined;
  return new SubscriptionRefusedError('tplus', asset, errorCodeOf(error) ?? 'not found');
}
