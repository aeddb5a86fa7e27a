import type * as t from 'io-ts';
import { type Observable, map } from 'rxjs';
import { readAnswer } from '../../feed/readAnswer.js';
import type { Requests } from '../../feed/requests.js';
import { type Tokens, withToken } from '../../feed/withToken.js';

/** Asks in the name of a user, and reads the answer. */
export type Ask = <A>(path: string, codec: t.Type<A, unknown>) => Observable<A>;

export const makeAsk =
  (baseUrl: string, requests: Requests, tokens: Tokens): Ask =>
  (path, codec) =>
    withToken(tokens, (token) =>
      requests.send({ method: 'GET', url: `${baseUrl}${path}`, headers: { Authorization: `Bearer ${token}` } }),
    ).pipe(map((answer) => readAnswer(codec, answer)));
