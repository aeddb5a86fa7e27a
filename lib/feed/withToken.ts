import { type Observable, catchError, switchMap, throwError } from 'rxjs';
import { RequestFailedError } from '../errors/requestFailedError.js';
import type { HttpResponse } from '../network/network.js';
import type { Credentials } from './credentials.js';
import { hideToken } from './hideToken.js';

/** Where requests get their tokens from. */
export type Tokens = Pick<Credentials<string>, 'get' | 'refuse'>;

/**
 * Sends a request with the present token. Where the venue refuses that, it is sent once more with a new one; should that
 * be refused, too, it is not the token, and it stays in use.
 *
 * @param refusals The statuses by which the venue says that it does not know a token.
 * @throws (on the stream) what `tokens` and `send` error with; a RequestFailedError without the token, should the venue
 *   repeat it.
 */
export function withToken(
  tokens: Tokens,
  send: (token: string) => Observable<HttpResponse>,
  refusals: readonly number[] = [401],
): Observable<HttpResponse> {
  const attempt = (isLast: boolean): Observable<HttpResponse> =>
    tokens.get().pipe(
      switchMap((token) =>
        send(token).pipe(
          catchError((error: unknown) => {
            if (!(error instanceof RequestFailedError)) return throwError(() => error);
            const { text, status, retryAfter, asked, ledTo } = error;
            if (!isLast && status !== undefined && refusals.includes(status)) {
              tokens.refuse(token);
              return attempt(true);
            }
            return throwError(
              () => new RequestFailedError(hideToken(text, token), status, retryAfter, { asked, ledTo }),
            );
          }),
        ),
      ),
    );
  return attempt(false);
}
