import { type JsonObject, asJsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { inData } from '../../codec/placeOfLevels.js';
import { levelScanner } from '../../codec/scanLevels.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';

/**
 * How Bitstamp talks: a message is about one channel, answers name it, and errors may not. An error that names none is of
 * the channel that is yet to be answered; of several of these, they are asked for again one by one.
 */
export class BitstampDialect implements Dialect {
  readonly #depth = levelScanner('bids', 'asks', inData);
  /** What was asked for and not answered. */
  readonly #requested = new Set<string>();
  /** What is being ended, as far as it was not answered. */
  readonly #ending = new Set<string>();
  #isOneByOne = false;

  constructor(private readonly link: Link) {}

  /** One that went unanswered is asked for again, and holds up the others until then. */
  admits({ key }: Topic): boolean {
    return !this.#isOneByOne || this.#requested.size === 0 || this.#requested.has(key);
  }

  receive(text: string): void {
    this.#hear(asJsonObject(this.#depth.read(text) ?? JSON.parse(text)));
  }

  subscribe([topic]: readonly Topic[]): TopicRequest {
    if (topic !== undefined) this.#requested.add(topic.key);
    return { text: textOf('bts:subscribe', topic) };
  }

  unsubscribe([topic]: readonly Topic[]): TopicRequest {
    const { key = '' } = topic ?? {};
    this.#requested.delete(key);
    this.#ending.add(key);
    return { id: endOf(topic?.key), text: textOf('bts:unsubscribe', topic) };
  }

  probe(): string {
    return JSON.stringify({ event: 'bts:heartbeat' });
  }

  #hear(frame: JsonObject): void {
    const { event, channel, data } = frame;
    switch (event) {
      case 'bts:subscription_succeeded':
        this.link.confirmed(String(channel));
        this.#answered(String(channel));
        break;
      case 'bts:error':
        this.#refused(channel, data);
        break;
      case 'bts:request_reconnect':
        this.link.lose('shutdown', 'asked to reconnect');
        break;
      case 'bts:unsubscription_succeeded':
        this.#ended(String(channel));
        break;
      case 'bts:heartbeat':
        break;
      default:
        if (typeof event !== 'string' || typeof channel !== 'string') throw new TypeError('no event of a channel');
        this.link.deliver(channel, frame);
        // Its answer was lost, or is late: nobody waits for it.
        if (this.#isOneByOne && this.#requested.has(channel) && !this.#ending.has(channel)) this.#answered(channel);
    }
  }

  #ended(channel: string): void {
    if (this.#ending.delete(channel)) this.link.accepted(endOf(channel));
    else this.link.interrupted(channel);
  }

  #answered(channel: string): void {
    this.#requested.delete(channel);
    if (this.#isOneByOne) this.link.changed();
  }

  #refused(channel: unknown, data: unknown): void {
    const { code, message } = isJsonObject(data) ? data : {};
    const text = `${String(code)} ${String(message)}`;
    const [first, ...others] = this.#requested;
    if (typeof channel === 'string' && this.#ending.has(channel)) {
      // Answers come in order: it is of the end. What was to end may be wanted again by now, and is not at fault.
      this.#ended(channel);
      this.link.report(text);
      return;
    }
    const isOnly = others.length === 0 && this.#ending.size === 0;
    const named = typeof channel === 'string' && channel !== '' ? channel : isOnly ? first : undefined;
    if (named !== undefined) {
      this.link.rejected(named, text);
      this.#answered(named);
      return;
    }
    this.link.report(text);
    if (first === undefined) return;
    this.#isOneByOne = true;
    // Their answers still name them; what is not answered in time is asked for again.
    this.#requested.clear();
  }
}

const textOf = (event: string, topic: Topic | undefined): string =>
  JSON.stringify({ event, data: { channel: topic?.key } });

const endOf = (channel: string | undefined): string => `end of ${String(channel)}`;
