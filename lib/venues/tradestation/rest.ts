import type * as t from 'io-ts';
import { isJsonObject } from '../../codec/jsonObject.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { type AuthorizedRequest, authorizedRequest } from '../../feed/authorizedRequest.js';
import type { Requests } from '../../feed/requests.js';
import type { Tokens } from '../../feed/withToken.js';

/** Asks the venue in the name of a user. What the venue says went wrong is an error, at status 200 too. */
export function makeRequest(baseUrl: string, requests: Requests, tokens: Tokens): AuthorizedRequest {
  const request = authorizedRequest(tokens, (path, token) =>
    requests.send({ method: 'GET', url: `${baseUrl}${path}`, headers: { Authorization: `Bearer ${token}` } }),
  );
  return (path, codec) => request(path, unlessFailed(codec));
}

const unlessFailed = <A>(codec: t.Decoder<unknown, A>): t.Decoder<unknown, A> => ({
  ...codec,
  decode: (answer) => {
    const { Error: error, Message: message } = isJsonObject(answer) ? answer : {};
    if (typeof error !== 'string' || error === '') return codec.decode(answer);
    const words = typeof message === 'string' ? `${error}: ${message}` : error;
    throw new RequestFailedError(words.slice(0, 200));
  },
});
