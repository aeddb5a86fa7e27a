import { type Observable, type SchedulerLike, defer, map } from 'rxjs';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { Budget, type BudgetLimits, type BudgetWait } from '../network/budget.js';
import type { HttpRequest, HttpResponse, Network } from '../network/network.js';
import { notFollowed, redirectOf } from '../network/redirectOf.js';
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
   *   the venue's `Retry-After` has passed, or what its body says where there is none, or 60 s where it says nothing.
   */
  send(request: HttpRequest, weights?: readonly number[]): Observable<HttpResponse>;
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
  readonly network: Network;
  readonly limits: readonly BudgetLimits[];
  readonly scheduler: SchedulerLike;
  /** How long a body asks to stay away, in ms, where a venue says it there: a header may be out of our reach. */
  readonly stayAway?: ((body: string, now: number) => number) | undefined;
  /** Told when requests wait for the allowance, as a budget tells it. */
  readonly waits?: ((wait: BudgetWait) => void) | undefined;
}

/** Requests on a network, one budget for them all. */
export class BudgetedRequests implements Requests {
  readonly #config: RequestsConfig;
  readonly #budget: Budget;

  constructor(config: RequestsConfig) {
    this.#config = config;
    this.#budget = new Budget(config.limits, config.scheduler, config.waits);
  }

  send(request: HttpRequest, weights?: readonly number[]): Observable<HttpResponse> {
    const { network, scheduler } = this.#config;
    const { answersWithin = ANSWERS_WITHIN } = network;
    const late = (): RequestFailedError =>
      new RequestFailedError(`${request.method} ${secretsOf(request.url).place}: no answer within ${answersWithin} ms`);
    const answer$ = defer(() => network.request(request)).pipe(
      within(answersWithin, { scheduler }, late),
      map((response) => this.#accept(request, response)),
    );
    return this.#budget.run(answer$, weights);
  }

  #accept(request: HttpRequest, response: HttpResponse): HttpResponse {
    const { status, headers, body } = response;
    if (status >= 200 && status < 300 && !NO_ANSWER.test(body)) return response;
    const { stayAway, scheduler } = this.#config;
    const isTooMuch = status === 429 || status === 418;
    const said = retryAfterOf(headers);
    // A body names a moment, and the machine's clock may be wrong by hours: the venue's own is asked where it is told.
    const now = Date.parse(headers['date'] ?? '') || scheduler.now();
    const banned = isTooMuch && !said ? (stayAway?.(body, now) ?? 0) : 0;
    const retryAfter = banned > 0 ? banned : (said ?? (isTooMuch ? UNSAID : undefined));
    if (isTooMuch) this.#budget.pause(retryAfter ?? 0);
    const secrets = secretsOf(request.url, request.headers);
    const asked = `${request.method} ${secrets.place}`;
    const ledTo = redirectOf(response, request.url, secrets);
    const text = ledTo === undefined ? secrets.scrub(body).slice(0, KEPT) : notFollowed(ledTo);
    throw new RequestFailedError(text, status, retryAfter, { asked, ledTo });
  }
}
