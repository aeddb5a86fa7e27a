import type * as t from 'io-ts';
import { type Observable, map } from 'rxjs';
import type { HttpResponse } from '../network/network.js';
import { readAnswer } from './readAnswer.js';
import { type Tokens, withToken } from './withToken.js';

/** Asks in the name of a user, and reads the answer. */
export type AuthorizedRequest = <A>(path: string, codec: t.Decoder<unknown, A>) => Observable<A>;

/**
 * Questions that go out with the present token ({@link withToken}).
 *
 * @param send Sends the question of a path with a token.
 * @param refusals The statuses by which the venue says that it does not know a token. Default: 401.
 */
export const authorizedRequest =
  (
    tokens: Tokens,
    send: (path: string, token: string) => Observable<HttpResponse>,
    refusals?: readonly number[],
  ): AuthorizedRequest =>
  (path, codec) =>
    withToken(tokens, (token) => send(path, token), refusals).pipe(map((answer) => readAnswer(codec, answer)));
