import { RequestFailedError } from '../errors/requestFailedError.js';
import { WireLostError } from '../errors/wireLostError.js';
import type { HttpResponse } from './network.js';
import { retryAfterOf } from './retryAfter.js';
import type { Secrets } from './secrets.js';

/**
 * A stream by HTTP that was answered by anything but 2xx. The status is the error's `code`; what the answer said, and how
 * long to stay away, is in its `cause`, a `RequestFailedError`.
 */
export function refusedStream({ status, headers, body }: HttpResponse, secrets: Secrets): WireLostError {
  const text = secrets.scrub(body).slice(0, 200);
  const cause = new RequestFailedError(text, status, retryAfterOf(headers));
  return new WireLostError('failed', `${secrets.place} was refused with status ${status}`, status, { cause });
}
