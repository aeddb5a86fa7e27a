import {
  AsyncSubject,
  type Observable,
  type SchedulerLike,
  defer,
  expand,
  ignoreElements,
  of,
  switchMap,
  take,
  tap,
  timer,
} from 'rxjs';
import { type JsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { AuthenticationRefusedError } from '../../errors/authenticationRefusedError.js';
import { WireLostError } from '../../errors/wireLostError.js';
import { AuthAnswer } from './frames.js';
import type { DeribitCredentials } from './options.js';

/** `invalid_credentials` */
const INVALID_CREDENTIALS = 13_004;
/** It is renewed when half of its life is over, and after so many ms at the latest. */
const LONGEST = 7 * 86_400_000;
/** What is not answered is sent again after so many ms, and nothing is renewed sooner. */
const AGAIN = 20_000;

/** What it is put and heard by. */
export interface SignInConfig {
  readonly credentials: DeribitCredentials;
  /** Sends a request; its answer will be handed to {@link SignIn.hear} under the id that this gives. */
  readonly request: (method: string, params: object) => string;
  readonly scheduler: SchedulerLike;
}

/** Signs one connection in, and again ahead of the end. The token itself is needed for nothing: who signed in is the connection. */
export class SignIn {
  readonly #answers = new Map<string, AsyncSubject<number>>();
  #life = LONGEST;

  constructor(private readonly config: SignInConfig) {}

  /**
   * Emits how long it will last, in ms, and completes.
   *
   * @throws (on the stream) AuthenticationRefusedError for credentials that are wrong; WireLostError for any other refusal.
   */
  once(): Observable<number> {
    const { request, credentials } = this.config;
    return defer(() => {
      const { clientId, clientSecret } = credentials;
      const params = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const answer = new AsyncSubject<number>();
      this.#answers.set(request('public/auth', params), answer);
      return answer;
    });
  }

  /**
   * Signs in again and again for as long as it is observed.
   *
   * @throws (on the stream) what {@link once} throws, and WireLostError where nothing has answered until the time is over.
   */
  readonly renewals$: Observable<never> = defer(() => of(this.#life)).pipe(
    expand((life) => this.#renewed(life)),
    ignoreElements(),
  );

  #renewed(life: number): Observable<number> {
    const due = Math.max(Math.min(life / 2, LONGEST), AGAIN);
    return timer(due, AGAIN, this.config.scheduler).pipe(
      tap((asked) => {
        if (asked > 0 && asked * AGAIN >= due)
          throw new WireLostError('auth', 'sign-in: not answered until it ran out');
      }),
      switchMap(() => this.once()),
      take(1),
    );
  }

  /** Whether that is the answer to one of its requests, which it has read then. */
  hear(id: string, { result, error }: JsonObject): boolean {
    const answer = this.#answers.get(id);
    if (answer === undefined) return false;
    this.#answers.delete(id);
    const read = AuthAnswer.decode(result);
    if (read._tag === 'Right') {
      this.#life = 1_000 * read.right.expires_in;
      answer.next(this.#life);
      answer.complete();
    } else answer.error(refusalOf(error));
    return true;
  }
}

function refusalOf(error: unknown): Error {
  const { code, message } = isJsonObject(error) ? error : {};
  const text = `sign-in: ${String(code)} ${String(message)}`;
  return code === INVALID_CREDENTIALS
    ? new AuthenticationRefusedError('deribit', text)
    : new WireLostError('auth', text);
}
