import { type Observable, type SchedulerLike, catchError, map } from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { readPart } from '../../feed/readAnswer.js';
import type { Requests } from '../../feed/requests.js';
import type { DepthSnapshot } from '../../model/depthEvent.js';
import { WholeDepth } from './frames.js';

/**
 * What no waiting mends, of errors.md of the spot docs and the error codes of USD-M: -11xx say what is wrong with the request
 * itself (-1100 illegal characters, -1121 invalid symbol, -1122 a symbol that does not trade), but for -1112, a book that is
 * empty by now; -4108 and -4141 say that the symbol is closed.
 */
const isFinal = (code: unknown): boolean =>
  typeof code === 'number' && ((code <= -1100 && code > -1200 && code !== -1112) || code === -4108 || code === -4141);

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
      if (answer === null || !isFinal(answer?.code)) throw error;
      throw new SubscriptionRefusedError('binance', instrument, String(answer?.msg));
    }),
  );

/** What the REST side answers to what it refuses has `code` and `msg`. `undefined` for what is no JSON. */
export function jsonOf(text: string): { readonly code?: unknown; readonly msg?: unknown } | null | undefined {
  try {
    return JSON.parse(text) as ReturnType<typeof jsonOf>;
  } catch {
    return undefined;
  }
}
