import { type ObservableInput, type SchedulerLike, catchError, defer, from, map, of } from 'rxjs';
import { defaultIfEmpty, last, switchMap, throwError } from 'rxjs';
import { AuthenticationRefusedError } from '../../../errors/authenticationRefusedError.js';
import { RequestFailedError } from '../../../errors/requestFailedError.js';
import type { TokenProvider } from '../../../feed/credentials.js';
import { isPage } from '../../../feed/isPage.js';
import { readAnswer } from '../../../feed/readAnswer.js';
import type { Requests } from '../../../feed/requests.js';
import { steady } from '../../../time/steadyScheduler.js';
import { TOKEN_URL } from '../endpoint.js';
import { TokenAnswer } from '../frames.js';

/** What a program of yours was given for its user. */
export interface TradestationLogin {
  /** The key of the application, as the venue gave it out. */
  readonly clientId: string;
  /** Confidential programs have one. */
  readonly clientSecret?: string;
  /** What access tokens are had with; never printed. */
  readonly refreshToken: string;
  /**
   * Keeps a refresh token that the venue gave in place of the one before. The new one is not used before this completes,
   * so that none is lost. Default: it is kept here, and lost with the process.
   */
  readonly store?: (refreshToken: string) => ObservableInput<unknown>;
}

/**
 * Asks for access tokens by a refresh token, which the venue may replace each time.
 *
 * @returns One question; its answer is good for 20 minutes (`expires_in`). Errors with an `AuthenticationRefusedError`
 * where the venue knows the refresh token no more.
 */
export function tokensBy(
  { clientId, clientSecret, refreshToken, store }: TradestationLogin,
  requests: Requests,
  scheduler: SchedulerLike,
  tokenUrl = TOKEN_URL,
): TokenProvider {
  const time = steady(scheduler);
  let present = refreshToken;
  return () =>
    defer(() => {
      const requestedAt = time.elapsed();
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: clientId,
        ...(clientSecret !== undefined && { client_secret: clientSecret }),
        refresh_token: present,
      }).toString();
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      return requests.send({ method: 'POST', url: tokenUrl, headers, body }).pipe(
        map((response) => readAnswer(TokenAnswer, response)),
        switchMap(({ access_token, expires_in, refresh_token: next }) => {
          const past = time.elapsed() - requestedAt;
          const credential = { value: access_token, expiresAt: time.now() - past + expires_in * 1_000 };
          if (next === undefined || next === present) return of(credential);
          const kept = store === undefined ? of(true) : from(store(next));
          return kept.pipe(
            defaultIfEmpty(true),
            last(),
            map(() => {
              present = next;
              return credential;
            }),
          );
        }),
        catchError((error: unknown) => throwError(() => refusalOf(error) ?? error)),
      );
    });
}

/** Refused for good: a bad or revoked refresh token, an unknown program. Its words may hold what was sent. */
function refusalOf(error: unknown): AuthenticationRefusedError | undefined {
  if (!(error instanceof RequestFailedError)) return undefined;
  const { status, text } = error;
  if ((status !== 400 && status !== 401 && status !== 403) || isPage(text)) return undefined;
  return new AuthenticationRefusedError('tradestation', `the refresh token was refused with status ${status}`);
}
