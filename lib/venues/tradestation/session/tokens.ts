import { AsyncSubject, type Observable, type ObservableInput, type SchedulerLike, catchError, defer } from 'rxjs';
import { defaultIfEmpty, last, map, of, switchMap, tap, throwError } from 'rxjs';
import { AuthenticationRefusedError } from '../../../errors/authenticationRefusedError.js';
import type { Credential, TokenProvider } from '../../../feed/credentials.js';
import { isRefusedWith } from '../../../feed/isPage.js';
import { lifetimeOf } from '../../../feed/lifetimeOf.js';
import { jsonOf, readPart } from '../../../feed/readAnswer.js';
import type { Requests } from '../../../feed/requests.js';
import { type SteadyScheduler, steady } from '../../../time/steadyScheduler.js';
import { TOKEN_URL } from '../endpoint.js';
import { NextToken, TokenAnswer } from '../frames.js';

/** What a program of yours was given for its user. */
export interface TradestationLogin {
  /** The key of the application, as the venue gave it out. */
  readonly clientId: string;
  /** Confidential programs have one. */
  readonly clientSecret?: string;
  /** What access tokens are had with; never printed. */
  readonly refreshToken: string;
  /**
   * Keeps a refresh token that the venue gave in place of the one before. Neither it nor the access token beside it is used
   * before this completes, so that none is lost. Where it fails it is called again with the same token, after growing pauses;
   * the one before is used no more. Default: it is kept here, and lost with the process.
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
  login: TradestationLogin,
  requests: Requests,
  scheduler: SchedulerLike,
  tokenUrl = TOKEN_URL,
): TokenProvider {
  const tokens = new RefreshedTokens(login, requests, steady(scheduler), tokenUrl);
  return () => defer(() => tokens.next());
}

/** How long an access token is good where its answer does not say, in seconds ("Refresh tokens" of the venue's documents). */
const LIFE = 1_200;
/** So long an attempt is joined by who asks meanwhile, in ms; who asks later begins one of his own. */
const JOINED = 8_000;

/** An access token, as `elapsed` counts. */
interface Access {
  readonly value: string;
  readonly endsAt: number;
}

/**
 * The refresh token that is good now, and what it brings. An attempt goes on when nobody waits for it any more: its answer may
 * hold the only refresh token that the venue still takes.
 */
class RefreshedTokens {
  readonly #login: TradestationLogin;
  readonly #requests: Requests;
  readonly #time: SteadyScheduler;
  readonly #url: string;
  #present: string;
  /** Whether the present one is to be stored yet. */
  #isUnstored = false;
  /** What came with it and has been given to nobody. */
  #access: Access | undefined;
  /** The number of the last request, and of the last that was answered. */
  #asked = 0;
  #answered = 0;
  #attempt: { readonly at: number; readonly credential$: Observable<Credential<string>> } | undefined;

  constructor(login: TradestationLogin, requests: Requests, time: SteadyScheduler, url: string) {
    this.#login = login;
    this.#requests = requests;
    this.#time = time;
    this.#url = url;
    this.#present = login.refreshToken;
  }

  next(): Observable<Credential<string>> {
    const at = this.#time.elapsed();
    if (this.#attempt !== undefined && at - this.#attempt.at < JOINED) return this.#attempt.credential$;
    const credential$ = new AsyncSubject<Credential<string>>();
    const attempt = { at, credential$ };
    this.#attempt = attempt;
    const end = (): void => {
      if (this.#attempt === attempt) this.#attempt = undefined;
    };
    this.#obtain()
      .pipe(tap({ error: end, complete: end }))
      .subscribe(credential$);
    return credential$;
  }

  /** Stored first: what it brings is not given before, and no further one is asked for. */
  #obtain(): Observable<Credential<string>> {
    return this.#store().pipe(
      switchMap(() => {
        const access = this.#access;
        return access !== undefined && access.endsAt > this.#time.elapsed() ? of(access) : this.#ask();
      }),
      switchMap((access) => this.#store().pipe(map(() => this.#give(access)))),
    );
  }

  #give(access: Access): Credential<string> {
    if (this.#access === access) this.#access = undefined;
    return { value: access.value, expiresAt: this.#time.now() + access.endsAt - this.#time.elapsed() };
  }

  #store(): Observable<unknown> {
    const token = this.#present;
    const { store } = this.#login;
    if (store === undefined || !this.#isUnstored) return of(token);
    return defer(() => store(token)).pipe(
      defaultIfEmpty(token),
      last(),
      tap(() => {
        if (this.#present === token) this.#isUnstored = false;
      }),
      catchError(() => throwError(() => new NotStoredError())),
    );
  }

  #ask(): Observable<Access> {
    const { clientId, clientSecret } = this.#login;
    const token = this.#present;
    const askedAt = this.#time.elapsed();
    const number = (this.#asked += 1);
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      ...(clientSecret !== undefined && { client_secret: clientSecret }),
      refresh_token: token,
    }).toString();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return this.#requests.send({ method: 'POST', url: this.#url, headers, body }).pipe(
      map((response) => {
        const answer = jsonOf(response.body);
        // An answer that was overtaken holds a refresh token that another has replaced.
        const isNewest = number > this.#answered;
        if (isNewest) this.#take(number, readPart(NextToken, answer).refresh_token);
        const { access_token: value, expires_in } = readPart(TokenAnswer, answer);
        const access = { value, endsAt: askedAt + lifetimeOf(expires_in, LIFE) * 1_000 };
        if (isNewest) {
          this.#answered = number;
          this.#access = access;
        }
        return access;
      }),
      // Of one that has been replaced meanwhile it is no word about the present one.
      catchError((error: unknown) =>
        throwError(() => (token === this.#present ? refusalOf(error) : undefined) ?? error),
      ),
    );
  }

  #take(number: number, next: string | undefined): void {
    if (next === undefined) return;
    this.#answered = number;
    if (next === this.#present) return;
    this.#present = next;
    this.#isUnstored = true;
  }
}

/** The venue gave another refresh token, and `store` did not keep it. What it said may hold the token. */
class NotStoredError extends Error {
  override readonly name = 'NotStoredError';
}

/** Refused for good: a bad or revoked refresh token, an unknown program. Its words may hold what was sent. */
const refusalOf = (error: unknown): AuthenticationRefusedError | undefined =>
  isRefusedWith(error, 400, 401, 403)
    ? new AuthenticationRefusedError(
        'tradestation',
        `the refresh token was refused with status ${String(error.status)}`,
      )
    : undefined;
