import { Observable } from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { HttpRequest, HttpResponse } from '../network.js';
import { causeFor, placeOf } from '../place.js';
import type { LiveLimits } from './liveLimits.js';
import { within } from '../within.js';

/** The part of the WHATWG `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The platform's own, whatever it is at that moment. */
export const ownFetch: Fetch = (url, init) => fetch(url, init);

/** How requests are made with the platform's `fetch`. */
export interface FetchOptions extends LiveLimits {
  /** Default: the platform's own. */
  readonly fetch?: Fetch;
}

/** One request by `fetch`, aborted when nobody waits for it any more. */
export function fetchRequest(request: HttpRequest, options: FetchOptions): Observable<HttpResponse> {
  const { fetch = ownFetch, answerWithin = 30_000 } = options;
  const failed = (text: string, cause?: unknown): RequestFailedError =>
    new RequestFailedError(`${placeOf(request.url)}: ${text}`, undefined, undefined, causeFor(request, cause));
  return new Observable<HttpResponse>((subscriber) => {
    const aborting = new AbortController();
    const answer = async (): Promise<void> => {
      const { url, ...init } = request;
      // A stored answer is an old book: nothing between us and the venue may give us one.
      const response = await fetch(url, { ...init, cache: 'no-store', signal: aborting.signal });
      const headers = Object.fromEntries(response.headers);
      subscriber.next({ status: response.status, headers, body: await response.text() });
      subscriber.complete();
    };
    subscriber.add(() => {
      aborting.abort();
    });
    answer().catch((error: unknown) => {
      subscriber.error(failed('no answer', error));
    });
  }).pipe(within(answerWithin, options, () => failed(`no answer within ${answerWithin} ms`)));
}
