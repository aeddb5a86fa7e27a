import { type Observable, type SchedulerLike, defer, map } from 'rxjs';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { type BudgetLimits, type BudgetWait, makeBudget } from '../network/budget.js';
import type { HttpRequest, HttpResponse, Network } from '../network/network.js';
import { within } from '../network/within.js';
import { retryAfterOf } from '../network/retryAfter.js';
import { secretsOf } from '../network/secrets.js';

/** The venue's REST side, within its allowance over all books and streams. */
export interface Requests {
  /**
   * Sends when there is room, and emits the response if its status is 2xx.
   *
   * @param weights What it costs, one number per allowance in the order of the limits. Default: 1 each.
   * @throws (on the stream) RequestFailedError for any other status, for a page or an `Error: …` in the place of an answer, and
   *   where nothing has come within the network's `answersWithin` (30 s if it names none) since it was sent. After 429 and 418 nothing at all is sent until
   *   the venue's `Retry-After` has passed, or 60 s where it names none.
   */
  readonly send: (request: HttpRequest, weights?: readonly number[]) => Observable<HttpResponse>;
}

/** How much of an answer is kept, in characters: enough for a venue to read its codes in. */
const KEPT = 1_000;
/** A page or words where an answer was to be: no venue's JSON begins so. */
const NO_ANSWER = /^\s*(<|error\b)/i;
/** How long an answer may take where the network does not say, in ms. */
const ANSWERS_WITHIN = 30_000;
/** How long nothing is sent after 429 and 418 where nobody says how long, in ms. */
const UNSAID = 60_000;

export interface RequestsConfig {
  /** How long a body asks to stay away, in ms, where a venue says it there: a header may be out of our reach. */
  readonly stayAway?: ((body: string, now: number) => number) | undefined;
  /** Told when requests wait for the allowance, as a budget tells it. */
  readonly waits?: ((wait: BudgetWait) => void) | undefined;
}

export function makeRequests(
  network: Network,
  limits: readonly BudgetLimits[],
  scheduler: SchedulerLike,
  { stayAway = () => 0, waits }: RequestsConfig = {},
): Requests {
  const { pause, run } = makeBudget(limits, scheduler, waits);

  const accept = (request: HttpRequest, response: HttpResponse): HttpResponse => {
    const { status, headers, body } = response;
    if (status >= 200 && status < 300 && !NO_ANSWER.test(body)) return response;
    const isTooMuch = status === 429 || status === 418;
    const asks = retryAfterOf(headers) ?? (isTooMuch ? UNSAID : undefined);
    const banned = isTooMuch ? stayAway(body, scheduler.now()) : 0;
    const retryAfter = banned > 0 ? Math.max(banned, retryAfterOf(headers) ?? 0) : asks;
    if (isTooMuch) pause(retryAfter ?? 0);
    const secrets = secretsOf(request.url, request.headers);
    const asked = `${request.method} ${secrets.place}`;
    throw new RequestFailedError(secrets.scrub(body).slice(0, KEPT), status, retryAfter, { asked });
  };

  const { answersWithin = ANSWERS_WITHIN } = network;
  const late = ({ method, url }: HttpRequest): RequestFailedError =>
    new RequestFailedError(`${method} ${secretsOf(url).place}: no answer within ${answersWithin} ms`);
  return {
    send: (request, weights) =>
      run(
        defer(() => network.request(request)).pipe(
          within(answersWithin, { scheduler }, () => late(request)),
          map((response) => accept(request, response)),
        ),
        weights,
      ),
  };
}
