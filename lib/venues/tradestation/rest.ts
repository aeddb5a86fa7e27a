import type * as t from 'io-ts';
import { type Observable, catchError, defer, map, switchMap, throwError } from 'rxjs';
import { pathOf } from '../../codec/path.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { Credentials } from '../../feed/credentials.js';
import type { Requests } from '../../feed/requests.js';
import type { HttpResponse } from '../../network/network.js';

/** @throws RequestFailedError for a body that is not what was asked for; says where, not what. */
export function readAnswer<A>(codec: t.Type<A, unknown>, { body }: HttpResponse): A {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new RequestFailedError('the answer is no JSON');
  }
  const result = codec.decode(json);
  if (result._tag === 'Right') return result.right;
  throw new RequestFailedError(`the answer was refused: ${pathOf(result.left)}`);
}

/** One GET with the present token. A token that is refused is asked for anew once. */
export type Ask = <A>(path: string, codec: t.Type<A, unknown>) => Observable<A>;

export function makeAsk(baseUrl: string, requests: Requests, credentials: Credentials<string>): Ask {
  return (path, codec) => {
    const once = (isLast: boolean): Observable<HttpResponse> =>
      defer(() => credentials.get()).pipe(
        switchMap((token) =>
          requests
            .send({ method: 'GET', url: `${baseUrl}${path}`, headers: { Authorization: `Bearer ${token}` } })
            .pipe(
              catchError((error: unknown) => {
                if (!(error instanceof RequestFailedError) || error.status !== 401 || isLast) {
                  return throwError(() => error);
                }
                credentials.refuse(token);
                return once(true);
              }),
            ),
        ),
      );
    return once(false).pipe(map((response) => readAnswer(codec, response)));
  };
}
