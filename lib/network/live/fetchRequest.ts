import { Observable } from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { HttpRequest, HttpResponse } from '../network.js';
import { secretsOf } from '../secrets.js';
import { originOf } from '../redirectOf.js';
import { within } from '../within.js';
import { type Fetch, LedElsewhereError, fetchHere, ownFetch } from './fetchHere.js';
import type { LiveLimits } from './liveLimits.js';

/** How requests are made with the platform's `fetch`. */
export interface FetchOptions extends LiveLimits {
  /** Default: the platform's own. */
  readonly fetch?: Fetch;
}

/** One request by `fetch`, aborted when nobody waits for it any more. Takes no secret elsewhere ({@link fetchHere}). */
export function fetchRequest(request: HttpRequest, options: FetchOptions): Observable<HttpResponse> {
  const { fetch = ownFetch, answerWithin = 30_000 } = options;
  const failed = (text: string, cause?: unknown): RequestFailedError => {
    const secrets = secretsOf(request.url, request.headers);
    const { status, place } = cause instanceof LedElsewhereError ? cause : {};
    return new RequestFailedError(`${request.method} ${secrets.place}: ${text}`, status, undefined, {
      ...secrets.cause(cause),
      ledTo: place === undefined ? undefined : originOf(place),
    });
  };
  return new Observable<HttpResponse>((subscriber) => {
    const aborting = new AbortController();
    const answer = async (): Promise<void> => {
      const { url, ...init } = request;
      // A stored answer is an old book: nothing between us and the venue may give us one.
      const response = await fetchHere(fetch, url, { ...init, cache: 'no-store', signal: aborting.signal });
      const headers = Object.fromEntries(response.headers);
      subscriber.next({ status: response.status, headers, body: await response.text() });
      subscriber.complete();
    };
    subscriber.add(() => {
      aborting.abort();
    });
    answer().catch((error: unknown) => {
      subscriber.error(failed(error instanceof LedElsewhereError ? error.message : 'no answer', error));
    });
  }).pipe(within(answerWithin, options, () => failed(`no answer within ${answerWithin} ms`)));
}
