import { type Observable, type SchedulerLike, catchError, map } from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { readPart } from '../../feed/readAnswer.js';
import type { Requests } from '../../feed/requests.js';
import type { DepthSnapshot } from '../../model/depthEvent.js';
import { WholeDepth } from './frames.js';

/** `Invalid symbol.` (errors.md of the spot docs; USD-M the same). */
const INVALID_SYMBOL = -1121;

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
    catchError((error: unknown) => {
      const answer = error instanceof RequestFailedError ? jsonOf(error.text) : undefined;
      if (answer?.code !== INVALID_SYMBOL) throw error;
      throw new SubscriptionRefusedError('binance', instrument, String(answer.msg));
    }),
  );

/** What the REST side answers to what it refuses has `code` and `msg`. `undefined` for what is no JSON. */
function jsonOf(text: string): { readonly code?: unknown; readonly msg?: unknown } | null | undefined {
  try {
    return JSON.parse(text) as ReturnType<typeof jsonOf>;
  } catch {
    return undefined;
  }
}
