import type * as t from 'io-ts';
import { type Observable, map } from 'rxjs';
import type { RequestFailedError } from '../../errors/requestFailedError.js';
import { readAnswer } from '../../feed/readAnswer.js';
import type { Requests } from '../../feed/requests.js';
import { type Tokens, withToken } from '../../feed/withToken.js';

/** What a request or an upgrade of ours carries. */
export const headersOf = (userId: string, token: string): Readonly<Record<string, string>> => ({
  Authorization: `Bearer ${token}`,
  'User-Id': userId,
});

/** By which the venue says that it does not know our token. */
export const UNAUTHORIZED: readonly number[] = [401, 403];

/** The venue's code in an answer of status 400 and above: `{"error":{"code":…}}`. Older servers tell only words. */
export const errorCodeOf = ({ text }: RequestFailedError): string | undefined => /"code"\s*:\s*"(\w+)"/.exec(text)?.[1];

/** Asks the order service in the name of a user, and reads the answer. */
export type Ask = <A>(path: string, codec: t.Type<A, unknown>) => Observable<A>;

export const makeAsk =
  (orderUrl: string, requests: Pick<Requests, 'send'>, tokens: Tokens, userId: string): Ask =>
  (path, codec) =>
    withToken(
      tokens,
      (token) => requests.send({ method: 'GET', url: `${orderUrl}${path}`, headers: headersOf(userId, token) }),
      UNAUTHORIZED,
    ).pipe(map((answer) => readAnswer(codec, answer)));
