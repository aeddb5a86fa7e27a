import type { Observable } from 'rxjs';
import { type JsonObject, asJsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { inData } from '../../codec/placeOfLevels.js';
import { levelScanner } from '../../codec/scanLevels.js';
import { AnswersInOrder } from '../../socket/answersInOrder.js';
import { heartbeat } from '../../socket/heartbeat.js';
import { NumberedRequests } from '../../socket/numberedRequests.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';
import { WholeRequest } from '../../socket/wholeRequest.js';
import { PING_EVERY } from './endpoint.js';

/**
 * How Bybit v5 talks: numbered requests of many topics, and answers that bear the number and, where something is refused,
 * name the topic in their text; options answer topic by topic without a number. Data may come before the answer.
 */
export class BybitDialect implements Dialect {
  readonly #depth = levelScanner('b', 'a', inData);
  readonly #requests = new NumberedRequests((id, op: string, topics?: readonly Topic[]) =>
    JSON.stringify({ req_id: `${id}`, op, args: topics?.map(({ key }) => key) }),
  );

  /** How often each topic was asked for in this session, and how often in a row it failed then. */
  readonly #requested = new Map<string, { readonly times: number; readonly failed: number }>();

  /** By which request each was asked for last. */
  readonly #latest = new Map<string, string>();

  /** What answers without a number are about, and which request ended each topic last; nothing where they bear one. */
  #unnumbered: AnswersInOrder | undefined;
  readonly #ends = new Map<string, WholeRequest>();

  constructor(
    private readonly link: Link,
    private readonly scheduler: SteadyScheduler,
  ) {
    this.#unnumbered = new AnswersInOrder(scheduler);
  }

  receive(text: string): void {
    const frame = asJsonObject(this.#depth.read(text) ?? JSON.parse(text));
    const { topic } = frame;
    if (typeof topic === 'string') this.link.deliver(topic, frame);
    else this.#hear(frame);
  }

  subscribe(topics: readonly Topic[]): TopicRequest {
    for (const { key } of topics) {
      const { times = 0, failed = 0 } = this.#requested.get(key) ?? {};
      this.#requested.set(key, { times: times + 1, failed });
    }
    const request = this.#requests.make('subscribe', topics);
    for (const { key } of topics) {
      this.#latest.set(key, request.id);
      this.#unnumbered?.requested(key, 'begin');
    }
    return request;
  }

  unsubscribe(topics: readonly Topic[]): TopicRequest {
    const request = this.#requests.make('unsubscribe', topics);
    const whole = new WholeRequest(this.link, request.id, topics.length);
    for (const { key } of topics) {
      this.#ends.set(key, whole);
      this.#unnumbered?.requested(key, 'end');
    }
    return request;
  }

  probe(): string {
    return this.#requests.make('ping').text;
  }

  alongside(): Observable<unknown> {
    return heartbeat(this.link, PING_EVERY, () => this.probe(), this.scheduler);
  }

  #hear(frame: JsonObject): void {
    const { success, op, req_id: id, data } = frame;
    if (isPong(frame)) return;
    if (isJsonObject(data) && ('successTopics' in data || 'failTopics' in data)) {
      for (const topic of textsOf(data['successTopics'])) this.#succeeded(topic);
      for (const topic of textsOf(data['failTopics'])) this.#failed(topic);
    } else if (success === false) this.#refused(frame);
    else if (success !== true) throw new TypeError('no topic, no answer');
    else if ((op === 'subscribe' || op === 'unsubscribe') && typeof id === 'string') {
      this.#unnumbered = undefined;
      this.link.accepted(id);
    }
  }

  /** Whether an answer without a number is about an end of the topic. The last one has its own only when none is to come. */
  #isOfEnd(topic: string): boolean {
    if (this.#unnumbered?.next(topic) !== 'end') return false;
    if (!this.#unnumbered.isEnding(topic)) this.#ends.get(topic)?.answered();
    return true;
  }

  #succeeded(topic: string): void {
    if (this.#isOfEnd(topic)) return;
    const { times } = this.#requested.get(topic) ?? { times: 0 };
    if (times > 0) this.#requested.set(topic, { times, failed: 0 });
    this.link.confirmed(topic);
  }

  /**
   * Why is not said: one that was asked for before may have failed because it is subscribed already. If it goes on failing
   * although it was ended, a wire that knows nothing of it tells.
   */
  #failed(topic: string): void {
    const { times, failed } = this.#requested.get(topic) ?? { times: 0, failed: 0 };
    const text = 'among the failed topics';
    if (this.#isOfEnd(topic)) this.link.report(`${topic}: ${text}`);
    else if (times <= 1) {
      this.#requested.delete(topic);
      this.link.rejected(topic, text);
    } else if (failed < FAILURES) {
      this.#requested.set(topic, { times, failed: failed + 1 });
      this.link.interrupted(topic);
    } else this.link.lose('failed', `${topic}: ${text}`);
  }

  /** Whether what was asked for was asked for again since: the refusal of the request before says nothing about it. */
  #isOfAnother(key: string, id: unknown): boolean {
    const latest = this.#latest.get(key);
    return typeof id === 'string' && latest !== undefined && latest !== id;
  }

  #refused({ req_id: id, op, ret_msg: text }: JsonObject): void {
    const reason = String(text);
    const named = /topic:\s*([\w.-]+)/.exec(reason)?.[1];
    if (op !== 'subscribe') {
      this.link.report(`${String(op)}: ${reason}`);
      return;
    }
    // Its beginning is over: what opens with a snapshot has to be begun anew.
    if (named !== undefined && reason.includes(ALREADY)) this.link.interrupted(named);
    else if (named !== undefined && !this.#isOfAnother(named, id)) this.link.rejected(named, reason);
    // One that is wrong has all of a request refused: the others are asked for again, where none was named in halves.
    if (typeof id === 'string') this.link.refused(id, reason);
    else if (named === undefined) this.link.report(reason);
  }
}

/** `error:already subscribed,topic:orderbook.50.BTCUSDT` (seen live, 2023 and 2026) */
const ALREADY = 'already subscribed';

/** So often in a row a topic that may be subscribed already is ended and asked for again. */
const FAILURES = 6;

/** Options say it in the first way, the others in the second. */
const isPong = ({ op, ret_msg: text }: JsonObject): boolean => op === 'pong' || text === 'pong';

const textsOf = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
