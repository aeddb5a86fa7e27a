import { RequestFailedError } from '../errors/requestFailedError.js';
import { WireLostError } from '../errors/wireLostError.js';
import type { HttpResponse } from './network.js';
import { notFollowed, redirectOf } from './redirectOf.js';
import { retryAfterOf } from './retryAfter.js';
import type { Secrets } from './secrets.js';

/** How much of an answer is kept, in characters: enough for a venue to read its codes in. */
const KEPT = 1_000;
/** How much of it is told in one line. */
const REPORTED = 200;

/**
 * A wire that was answered by anything but its opening. The status is the error's `code`; what the answer said, and how
 * long to stay away, is in its `cause`, a `RequestFailedError`.
 */
export function refusedStream(answer: HttpResponse, secrets: Secrets): WireLostError {
  const { status, body } = answer;
  const ledTo = redirectOf(answer, secrets.place, secrets);
  const text = ledTo === undefined ? secrets.scrub(body).slice(0, KEPT) : notFollowed(ledTo);
  const cause = new RequestFailedError(text, status, retryAfterOf(answer), { ledTo });
  const words = text.trim() === '' ? '' : `: ${text.slice(0, REPORTED)}`;
  return new WireLostError('failed', `${secrets.place} was refused with status ${status}${words}`, status, { cause });
}
