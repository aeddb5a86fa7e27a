import { RequestFailedError } from '../errors/requestFailedError.js';
import { WireLostError } from '../errors/wireLostError.js';
import type { HttpResponse } from './network.js';
import type { Secrets } from './secrets.js';

/** Later than this is no number of seconds to wait, but a time. */
const LONGEST_WAIT = 86_400;

/**
 * A stream by HTTP that was answered by anything but 2xx. The status is the error's `code`; what the answer said, and how
 * long to stay away, is in its `cause`, a `RequestFailedError`.
 */
export function refusedStream({ status, headers, body }: HttpResponse, secrets: Secrets): WireLostError {
  const text = secrets.scrub(body).slice(0, 200);
  const cause = new RequestFailedError(text, status, retryAfterOf(headers));
  return new WireLostError('failed', `${secrets.place} was refused with status ${status}`, status, { cause });
}

/** In ms. `Retry-After` (RFC 9110), and the `RateLimit-Reset` of drafts and servers, in seconds to wait. */
function retryAfterOf(headers: Readonly<Record<string, string>>): number | undefined {
  const texts = ['retry-after', 'ratelimit-reset', 'x-ratelimit-reset'].map((name) => headers[name]);
  const seconds = Number(texts.find((text) => text !== undefined && text !== '') ?? NaN);
  return seconds >= 0 && seconds <= LONGEST_WAIT ? seconds * 1_000 : undefined;
}
