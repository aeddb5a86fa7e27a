import type { RequestFailedError } from '../../errors/requestFailedError.js';
import { type AuthorizedRequest, authorizedRequest } from '../../feed/authorizedRequest.js';
import type { Requests } from '../../feed/requests.js';
import type { Tokens } from '../../feed/withToken.js';

/** What a request or an upgrade of ours carries. */
export const headersOf = (userId: string, token: string): Readonly<Record<string, string>> => ({
  Authorization: `Bearer ${token}`,
  'User-Id': userId,
});

/** By which the venue says that it does not know our token. */
export const UNAUTHORIZED: readonly number[] = [401, 403];

/** The venue's code in an answer of status 400 and above: `{"error":{"code":…}}`. Older servers tell only words. */
export const errorCodeOf = ({ text }: RequestFailedError): string | undefined => /"code"\s*:\s*"(\w+)"/.exec(text)?.[1];

/** Asks the order service in the name of a user. */
export const makeRequest = (
  orderUrl: string,
  requests: Pick<Requests, 'send'>,
  tokens: Tokens,
  userId: string,
): AuthorizedRequest =>
  authorizedRequest(
    tokens,
    (path, token) => requests.send({ method: 'GET', url: `${orderUrl}${path}`, headers: headersOf(userId, token) }),
    UNAUTHORIZED,
  );
