import type { Subscriber } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../network/network.js';
import { amountsIn, answersTo, requestedBy } from './requestedBy.js';
import type { RecordedEvent, RecordedResponse } from './format.js';

interface Recorded {
  /** Its place among all events. */
  readonly index: number;
  readonly response: RecordedResponse;
}

/** What is to be done about a request. */
export type Choice = { readonly response: HttpResponse } | { readonly waitFor: number } | 'unknown';

/** The recorded responses, those already given, and the requests that wait for theirs. */
export class Answers {
  private readonly recorded: readonly Recorded[];
  private readonly requested: readonly ReadonlySet<string>[];
  private readonly given = new Set<number>();
  private readonly waiting = new Map<number, Set<Subscriber<HttpResponse>>>();
  /** Those before it were had by connections that are lost. */
  private lostBefore = 0;

  /** @param isOfSession Which answers are worth nothing to a later connection. */
  constructor(
    private readonly events: readonly RecordedEvent[],
    private readonly isOfSession: (url: string) => boolean,
  ) {
    this.recorded = events.flatMap((response, index) => (response.kind === 'http' ? [{ index, response }] : []));
    this.requested = this.recorded.map(({ response }) => requestedBy(response.url));
  }

  get isAwaited(): boolean {
    return this.waiting.size > 0;
  }

  /** @param position How many events were delivered when wires were lost. */
  lose(position: number): void {
    this.lostBefore = position;
  }

  /**
   * @param position How many events were delivered. A request gets the youngest answer behind it that was not given
   * yet, unless the next one ahead is nearer: who asked several times at once has left some, which are old by now. Else the
   * next one ahead, when its place comes; else the last one again.
   * @param atOnce Give the first answer not given yet, wherever it stands; else the last one again.
   */
  choose(request: HttpRequest, position: number, atOnce: boolean): Choice {
    const serving = answersTo(requestedBy(request.url), this.requested)
      .flatMap((i) => this.recorded[i] ?? [])
      .filter(({ index, response }) => index >= this.lostBefore || !this.isOfSession(response.url));
    const amounts = amountsIn(request.url);
    const exact = serving.filter(({ response }) => amountsIn(response.url) === amounts);
    const found = exact.length > 0 ? exact : serving;
    const last = found.at(-1);
    if (last === undefined) return 'unknown';
    if (atOnce) return this.give(found.find(({ index }) => !this.given.has(index)) ?? last);
    const behind = found.filter(({ index }) => index < position).at(-1);
    const ahead = found.find(({ index }) => index >= position);
    if (ahead === undefined) return this.give(behind ?? last);
    const now = this.events[position - 1]?.at ?? ahead.response.at;
    const isUsed = behind === undefined || this.given.has(behind.index);
    return isUsed || ahead.response.at - now < now - behind.response.at ? { waitFor: ahead.index } : this.give(behind);
  }

  /** @returns What takes the request back. */
  wait(index: number, subscriber: Subscriber<HttpResponse>): () => void {
    const waiting = this.waiting.get(index) ?? new Set();
    this.waiting.set(index, waiting.add(subscriber));
    return () => {
      waiting.delete(subscriber);
      if (waiting.size === 0) this.waiting.delete(index);
    };
  }

  /** The place of a response has come: who waits for it gets it. */
  deliver(index: number, recorded: RecordedResponse): void {
    const waiting = this.waiting.get(index);
    if (waiting === undefined) return;
    const response = this.give({ index, response: recorded }).response;
    for (const subscriber of [...waiting]) {
      subscriber.next(response);
      subscriber.complete();
    }
  }

  private give({ index, response: { status, body } }: Recorded): { readonly response: HttpResponse } {
    this.given.add(index);
    return { response: { status, headers: {}, body } };
  }
}
