import type { Observable } from 'rxjs';
import { type Tokens, withToken } from '../../feed/withToken.js';
import type { HttpRequest, HttpResponse } from '../../network/network.js';

export interface RestConfig {
  readonly restUrl: string;
  readonly userAgent: string;
  readonly tokens: Tokens;
  readonly send: (request: HttpRequest) => Observable<HttpResponse>;
}

/**
 * Asks with the present token.
 *
 * @throws (on the stream) RequestFailedError, without anything secret in it.
 */
export const get = ({ restUrl, userAgent, tokens, send }: RestConfig, path: string): Observable<HttpResponse> =>
  withToken(tokens, (token) =>
    send({
      method: 'GET',
      url: `${restUrl}${path}`,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': userAgent },
    }),
  );
