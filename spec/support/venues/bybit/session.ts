import { parseRecord } from '../../../../lib/simulation/parseRecord.js';
import type { SimulatedConnection } from '../../../../lib/simulation/simulatedVenue.js';
import { TopicSession } from '../../../../lib/simulation/topics/topicSession.js';
import type { SessionConfig } from '../../../../lib/simulation/venueSession.js';
import type { SpecVenueHost } from '../specVenue.js';
import { streamOf } from './streams.js';

/**
 * What a session does now and then. `dataFirst`: data come before the answer. `lostEnd`: a request to unsubscribe is neither
 * acted on nor answered, so that who subscribes again is told that it has subscribed already.
 */
export const sessionOddities = ['dataFirst', 'lostEnd'] as const;

/** Without a ping and without data for so long it is closed, in ms. */
const IDLE = 600_000;
/** All topics of a connection together, in characters. */
const ARGS = 21_000;
/** Of a request, in spot. */
const SPOT_ARGS = 10;

/** One connection. */
export class BybitSession extends TopicSession<SpecVenueHost> {
  readonly #category: string;
  #movedAt: number;

  constructor(config: SessionConfig, host: SpecVenueHost, connection: SimulatedConnection) {
    super(config, host, connection);
    this.#category = config.url.split('/').at(-1) ?? '';
    this.#movedAt = host.now();
  }

  pulse(now: number): void {
    if (now - this.#movedAt >= IDLE) this.close(1000, 'idle');
  }

  protected hear(text: string): void {
    const { op, args = [], req_id: id } = parseRecord(text) ?? {};
    if (op === 'ping') {
      this.#movedAt = this.host.now();
      this.#pong(id);
    } else if (op === 'subscribe' && isTexts(args)) this.#subscribe(args, id);
    else if (op === 'unsubscribe' && isTexts(args)) this.#unsubscribe(args, id);
    else this.#answer({ success: false, ret_msg: 'error:invalid op', req_id: id, op });
  }

  protected override transmit(text: string): void {
    this.#movedAt = this.host.now();
    super.transmit(text);
  }

  #pong(id: unknown): void {
    if (this.#category === 'option') this.send(JSON.stringify({ args: [`${this.host.now()}`], op: 'pong' }));
    else this.#answer({ success: true, ret_msg: 'pong', req_id: this.#category === 'spot' ? id : '', op: 'ping' });
  }

  #subscribe(topics: readonly string[], id: unknown): void {
    const { oddities } = this.host;
    const op = 'subscribe';
    const wrong = topics.flatMap((topic) => this.#wrongIn(topic) ?? []);
    if (this.#category === 'option') {
      const failed = topics.filter((topic) => this.#wrongIn(topic) !== undefined);
      const taken = topics.filter((topic) => !failed.includes(topic));
      const data = { failTopics: failed, successTopics: taken };
      if (!this.#isSilentOn(topics)) this.#answer({ success: failed.length === 0, data, type: 'COMMAND_RESP' });
      this.#begin(taken);
      return;
    }
    const [reason = this.#excessOf(topics)] = wrong;
    if (reason !== undefined) {
      this.#answer({ success: false, ret_msg: reason, req_id: id, op });
      return;
    }
    const isLate = oddities.take('dataFirst', topics.join()) !== undefined;
    if (isLate) this.#begin(topics);
    const text = this.#category === 'spot' ? op : '';
    if (!this.#isSilentOn(topics)) this.#answer({ success: true, ret_msg: text, req_id: id, op });
    if (!isLate) this.#begin(topics);
  }

  #isSilentOn(topics: readonly string[]): boolean {
    return topics.some((topic) => this.host.faults.take('ackNever', topic) !== undefined);
  }

  #unsubscribe(topics: readonly string[], id: unknown): void {
    if (this.host.oddities.take('lostEnd', topics.join()) !== undefined) return;
    for (const topic of topics) this.leave(topic);
    if (this.#category === 'option')
      this.#answer({ success: true, data: { failTopics: [], successTopics: topics }, type: 'COMMAND_RESP' });
    else this.#answer({ success: true, ret_msg: '', req_id: id, op: 'unsubscribe' });
  }

  #begin(topics: readonly string[]): void {
    for (const topic of topics) {
      const stream = streamOf(topic, this.#category, this.host);
      if (stream !== undefined && !this.has(topic)) this.join(topic, () => stream);
    }
  }

  #wrongIn(topic: string): string | undefined {
    if (this.has(topic)) return `error:already subscribed,topic:${topic}`;
    if (streamOf(topic, this.#category, this.host) === undefined) return `error:handler not found,topic:${topic}`;
    return undefined;
  }

  #excessOf(topics: readonly string[]): string | undefined {
    if (this.#category === 'spot' && topics.length > SPOT_ARGS) {
      this.host.violated('topicsPerRequest', this.id);
      return 'args size >10';
    }
    if ([...this.subscriptions, ...topics].join().length <= ARGS) return undefined;
    this.host.violated('argsPerConnection', this.id);
    return 'args too long';
  }

  #answer(words: object): void {
    this.send(JSON.stringify({ ...words, conn_id: `c${this.id}` }));
  }
}

const isTexts = (args: unknown): args is readonly string[] =>
  Array.isArray(args) && args.every((arg) => typeof arg === 'string');
