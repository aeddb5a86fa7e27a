import { type Observable, type SchedulerLike, defer, map } from 'rxjs';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { Budget, type BudgetLimits } from '../network/budget.js';
import type { HttpRequest, HttpResponse, Network } from '../network/network.js';

/** The venue's REST side, within its allowance over all books and streams. */
export class Requests {
  private readonly budget: Budget;

  constructor(
    private readonly network: Network,
    limits: readonly BudgetLimits[],
    scheduler: SchedulerLike,
  ) {
    this.budget = new Budget(limits, scheduler);
  }

  /**
   * Sends when there is room, and emits the response if its status is 2xx.
   *
   * @param weights What it costs, one number per allowance in the order of the limits. Default: 1 each.
   * @throws (on the stream) RequestFailedError for any other status. After 429 and 418 nothing at all is sent until
   *   the venue's `Retry-After` has passed, or 60 s where it names none.
   */
  send(request: HttpRequest, weights: readonly number[] = []): Observable<HttpResponse> {
    const answered = defer(() => this.network.request(request)).pipe(map((response) => this.accept(response)));
    return this.budget.run(answered, weights);
  }

  private accept(response: HttpResponse): HttpResponse {
    const { status, headers, body } = response;
    if (status >= 200 && status < 300) return response;
    const retryAfter = Number(headers['retry-after'] ?? NaN) * 1_000;
    if (status === 429 || status === 418) {
      const pause = Number.isFinite(retryAfter) ? retryAfter : 60_000;
      this.budget.pause(pause);
      throw new RequestFailedError(body.slice(0, 200), status, pause);
    }
    throw new RequestFailedError(body.slice(0, 200), status, Number.isFinite(retryAfter) ? retryAfter : undefined);
  }
}
