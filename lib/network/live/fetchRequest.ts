import { Observable, type SchedulerLike, timer } from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { HttpRequest, HttpResponse } from '../network.js';
import { secretsOf } from '../secrets.js';

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
  return new Observable((subscriber) => {
    const secrets = secretsOf(request.url, request.headers);
    const aborting = new AbortController();
    const fail = (text: string, cause?: unknown): void => {
      const error = new RequestFailedError(`${secrets.place}: ${text}`, undefined, undefined, secrets.cause(cause));
      subscriber.error(error);
    };
    subscriber.add(() => {
      aborting.abort();
    });
    subscriber.add(
      timer(answerWithin, scheduler).subscribe(() => {
        fail(`no answer within ${answerWithin} ms`);
      }),
    );
    // A stored answer is an old book: nothing between us and the venue may give us one.
    const { method, headers, body } = request;
    const init = { method, cache: 'no-store', signal: aborting.signal } as const;
    answer(fetch, request.url, { ...init, ...(headers && { headers }), ...(body !== undefined && { body }) }).then(
      (response) => {
        subscriber.next(response);
        subscriber.complete();
      },
      (error: unknown) => {
        fail('no answer', error);
      },
    );
  });
}

async function answer(fetch: Fetch, url: string, init: RequestInit): Promise<HttpResponse> {
  const response = await fetch(url, init);
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name.toLowerCase()] = value;
  });
  return { status: response.status, headers, body: await response.text() };
}
