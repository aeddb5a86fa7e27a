import { type Observable, catchError, defer, map, throwError } from 'rxjs';
import { AuthenticationRefusedError } from '../../errors/authenticationRefusedError.js';
import type { Credential, TokenProvider } from '../../feed/credentials.js';
import { isRefusedWith } from '../../feed/isPage.js';
import { lifetimeOf } from '../../feed/lifetimeOf.js';
import { readAnswer } from '../../feed/readAnswer.js';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { TokenAnswer } from './frames.js';

/** What the venue gave a program of yours on its site. Refresh tokens don't run out. */
export interface TastytradeLogin {
  /** Of the OAuth application; never printed. */
  readonly clientSecret: string;
  /** Of the user’s grant to it; never printed. */
  readonly refreshToken: string;
  /** `read trade`, for instance. Default: whatever the refresh token was given for. */
  readonly scope?: string;
}

export interface LoginConfig {
  readonly restUrl: string;
  readonly userAgent: string;
  readonly send: (request: HttpRequest) => Observable<HttpResponse>;
  readonly now: () => number;
}

/** How long an access token is good, in seconds (guide, `oauth`). */
const LIFE = 900;

/** Statuses by which OAuth says that the refresh token or the secret is no good (RFC 6749, 5.2). */
const REFUSED: readonly number[] = [400, 401];

/**
 * Access tokens by `POST /oauth/token`: 900 s each.
 *
 * @throws (on the stream) AuthenticationRefusedError where the login is refused, without the venue's words: they may
 *   repeat what was sent.
 */
export const loginProvider =
  ({ clientSecret, refreshToken, scope }: TastytradeLogin, config: LoginConfig): TokenProvider =>
  () =>
    defer(() =>
      config.send({
        method: 'POST',
        url: `${config.restUrl}/oauth/token`,
        headers: { 'content-type': 'application/json', accept: 'application/json', 'user-agent': config.userAgent },
        body: JSON.stringify({
          grant_type: 'refresh_token',
          client_secret: clientSecret,
          refresh_token: refreshToken,
          scope,
        }),
      }),
    ).pipe(
      map((answer): Credential<string> => {
        const { access_token: value, expires_in: lifetime } = readAnswer(TokenAnswer, answer);
        return { value, expiresAt: config.now() + lifetimeOf(lifetime, LIFE) * 1_000 };
      }),
      catchError((error: unknown) => throwError(() => refusalOf(error))),
    );

const refusalOf = (error: unknown): unknown =>
  isRefusedWith(error, ...REFUSED)
    ? new AuthenticationRefusedError('tastytrade', `the login was refused with status ${String(error.status)}`)
    : error;
