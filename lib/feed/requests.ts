import { type Observable, type SchedulerLike, defer, map } from 'rxjs';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { type BudgetLimits, makeBudget } from '../network/budget.js';
import type { HttpRequest, HttpResponse, Network } from '../network/network.js';

/** The venue's REST side, within its allowance over all books and streams. */
export interface Requests {
  /**
   * Sends when there is room, and emits the response if its status is 2xx.
   *
   * @param weights What it costs, one number per allowance in the order of the limits. Default: 1 each.
   * @throws (on the stream) RequestFailedError for any other status. After 429 and 418 nothing at all is sent until
   *   the venue's `Retry-After` has passed, or 60 s where it names none.
   */
  readonly send: (request: HttpRequest, weights?: readonly number[]) => Observable<HttpResponse>;
}

export function makeRequests(network: Network, limits: readonly BudgetLimits[], scheduler: SchedulerLike): Requests {
  const { pause, run } = makeBudget(limits, scheduler);

  const accept = (response: HttpResponse): HttpResponse => {
    const { status, headers, body } = response;
    if (status >= 200 && status < 300) return response;
    const isTooMuch = status === 429 || status === 418;
    const asked = Number(headers['retry-after']) * 1_000;
    const retryAfter = asked < Infinity ? asked : isTooMuch ? 60_000 : undefined;
    if (isTooMuch) pause(retryAfter ?? 0);
    throw new RequestFailedError(body.slice(0, 200), status, retryAfter);
  };

  return { send: (request, weights) => run(defer(() => network.request(request)).pipe(map(accept)), weights) };
}
