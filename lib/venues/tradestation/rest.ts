import { type Ask, askWith } from '../../feed/ask.js';
import type { Requests } from '../../feed/requests.js';
import type { Tokens } from '../../feed/withToken.js';

/** Asks the venue in the name of a user. */
export const makeAsk = (baseUrl: string, requests: Requests, tokens: Tokens): Ask =>
  askWith(tokens, (path, token) =>
    requests.send({ method: 'GET', url: `${baseUrl}${path}`, headers: { Authorization: `Bearer ${token}` } }),
  );
