import { type Observable, catchError, defer, map, switchMap, throwError } from 'rxjs';
import type * as t from 'io-ts';
import { parseLossless } from '../../codec/losslessJson.js';
import { pathOf } from '../../codec/path.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { Credentials } from '../../feed/credentials.js';
import type { Requests } from '../../feed/requests.js';
import type { HttpResponse } from '../../network/network.js';

/** What a request or an upgrade of ours carries. */
export const headersOf = (userId: string, token: string): Readonly<Record<string, string>> => ({
  Authorization: `Bearer ${token}`,
  'User-Id': userId,
});

/** Whether the venue did not know our token. */
export const isUnauthorized = (error: unknown): boolean =>
  error instanceof RequestFailedError && (error.status === 401 || error.status === 403);

/** The venue's code in an answer of status 400 and above: `{"error":{"code":…}}`. Older servers tell only words. */
export const errorCodeOf = ({ text }: RequestFailedError): string | undefined => /"code"\s*:\s*"(\w+)"/.exec(text)?.[1];

/** Reads an answer without losing digits. What can't be read is a request that failed. */
export function readAnswer<A>(codec: t.Type<A, unknown>, { body }: HttpResponse): A {
  const result = codec.decode(parse(body));
  if (result._tag === 'Right') return result.right;
  throw new RequestFailedError(`an answer that can't be read: ${pathOf(result.left)}`);
}

function parse(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}

/** Asks in the name of a user, and reads the answer. */
export type SignedRequest = <A>(url: string, codec: t.Type<A, unknown>) => Observable<A>;

/** Requests in the name of a user. One that is refused for its token is repeated once, with a new one. */
export function signedRequests(requests: Requests, credentials: Credentials<string>, userId: string): SignedRequest {
  const ask = (url: string, token: string): Observable<HttpResponse> =>
    requests.send({ method: 'GET', url, headers: headersOf(userId, token) });
  return (url, codec) =>
    defer(() => credentials.get()).pipe(
      switchMap((token) =>
        ask(url, token).pipe(
          catchError((error: unknown) => {
            if (!isUnauthorized(error)) return throwError(() => error);
            credentials.refuse(token);
            return credentials.get().pipe(switchMap((fresh) => ask(url, fresh)));
          }),
        ),
      ),
      map((response) => readAnswer(codec, response)),
    );
}
