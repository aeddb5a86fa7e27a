import { type Observable, type SchedulerLike, defer, identity, map } from 'rxjs';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { Budget, type BudgetLimits, type BudgetWait } from '../network/budget.js';
import type { HttpRequest, HttpResponse, Network } from '../network/network.js';
import { notFollowed, redirectOf } from '../network/redirectOf.js';
import { within } from '../network/within.js';
import { answeredAt, retryAfterOf } from '../network/retryAfter.js';
import { secretsOf } from '../network/secrets.js';

/** The venue's REST side, within its allowance over all books and streams. */
export interface Requests {
  /**
   * Sends when there is room, and emits the response if its status is 2xx.
   *
   * @param weights What it costs, one number per allowance in the order of the limits. Default: 1 each.
   * @throws (on the stream) RequestFailedError for any other status, for a page or words (`Error: …`) in the place of an answer, and
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
export const UNSAID = 60_000;

/**
 * How a venue says no in the body of an answer, whatever the status: how long it asks to stay away, in ms, 0 where it asks for
 * nothing of that kind. `undefined` for an answer that is no refusal.
 *
 * @param now When it was answered, by the venue's own clock where it tells, in ms.
 */
export type RefusalIn = (answer: HttpResponse, now: number) => number | undefined;

export interface RequestsConfig {
  readonly network: Network;
  readonly limits: readonly BudgetLimits[];
  readonly scheduler: SchedulerLike;
  readonly refusalIn?: RefusalIn | undefined;
  /** Takes out of a text what is known to be secret beside what the request itself shows. Default: nothing. */
  readonly scrub?: ((text: string) => string) | undefined;
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
    const { status, body } = response;
    const { refusalIn, scheduler, scrub = identity } = this.#config;
    const now = scheduler.now();
    const inWords = refusalIn?.(response, answeredAt(response, now));
    if (status >= 200 && status < 300 && !NO_ANSWER.test(body) && inWords === undefined) return response;
    const said = retryAfterOf(response, now);
    const isTooMuch = status === 429 || status === 418 || Number(inWords) > 0;
    // A header that says 0 beside words that say more is no reason to go on.
    const asksFor = [said, inWords].find((ms = 0) => ms > 0) ?? said;
    const retryAfter = asksFor ?? (isTooMuch ? UNSAID : undefined);
    if (isTooMuch) this.#budget.pause(retryAfter ?? 0);
    const secrets = secretsOf(request.url, request.headers);
    const asked = `${request.method} ${secrets.place}`;
    const ledTo = redirectOf(response, request.url, secrets);
    const text = ledTo === undefined ? scrub(secrets.scrub(body)).slice(0, KEPT) : notFollowed(ledTo);
    throw new RequestFailedError(text, status, retryAfter, { asked, ledTo });
  }
}
