import { Observable, type SchedulerLike, catchError, from, throwError, timeout } from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { HttpRequest, HttpResponse } from '../network.js';
import { holdsNoSecret, placeOf } from '../place.js';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface FetchConfig {
  readonly fetch: Fetch;
  /** How long the whole answer may take, in ms. */
  readonly answerWithin: number;
  readonly scheduler: SchedulerLike;
}

/** One request by `fetch`, aborted when nobody waits for it any more. */
export function fetchRequest(
  request: HttpRequest,
  { fetch, answerWithin, scheduler }: FetchConfig,
): Observable<HttpResponse> {
  const failed = (text: string, cause?: unknown): Observable<never> =>
    throwError(() => {
      const options = cause !== undefined && holdsNoSecret(request) ? { cause } : {};
      return new RequestFailedError(`${placeOf(request.url)}: ${text}`, undefined, undefined, options);
    });
  return new Observable<HttpResponse>((subscriber) => {
    const aborting = new AbortController();
    subscriber.add(() => aborting.abort());
    const { url, ...init } = request;
    // A stored answer is an old book: nothing between us and the venue may give us one.
    from(answer(fetch, url, { ...init, cache: 'no-store', signal: aborting.signal })).subscribe(subscriber);
  }).pipe(
    catchError((error: unknown) => failed('no answer', error)),
    timeout({ first: answerWithin, scheduler, with: () => failed(`no answer within ${answerWithin} ms`) }),
  );
}

async function answer(fetch: Fetch, url: string, init: RequestInit): Promise<HttpResponse> {
  const response = await fetch(url, init);
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name.toLowerCase()] = value;
  });
  return { status: response.status, headers, body: await response.text() };
}
