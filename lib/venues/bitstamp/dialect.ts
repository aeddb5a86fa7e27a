import { type JsonObject, asJsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { inData } from '../../codec/placeOfLevels.js';
import { levelScanner } from '../../codec/scanLevels.js';
import { AnswersInOrder } from '../../socket/answersInOrder.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';

/**
 * How Bitstamp talks: a message is about one channel, answers name it, and errors may not. An error that names none is of
 * the channel that is yet to be answered; of several of these, they are asked for again one by one.
 */
export class BitstampDialect implements Dialect {
  readonly #depth = levelScanner('bids', 'asks', inData);
  /** What was asked for and not answered. */
  readonly #requested = new Set<string>();
  readonly #answers: AnswersInOrder;
  #isOneByOne = false;

  constructor(
    private readonly link: Link,
    clock: Pick<SteadyScheduler, 'elapsed'>,
  ) {
    this.#answers = new AnswersInOrder(clock);
  }

  /** One that went unanswered is asked for again, and holds up the others until then. */
  admits({ key }: Topic): boolean {
    return !this.#isOneByOne || this.#requested.size === 0 || this.#requested.has(key);
  }

  receive(text: string): void {
    this.#hear(asJsonObject(this.#depth.read(text) ?? JSON.parse(text)));
  }

  subscribe([topic]: readonly Topic[]): TopicRequest {
    if (topic !== undefined) {
      this.#requested.add(topic.key);
      this.#answers.requested(topic.key, 'begin');
    }
    return { text: textOf('bts:subscribe', topic) };
  }

  unsubscribe([topic]: readonly Topic[]): TopicRequest {
    const { key = '' } = topic ?? {};
    this.#requested.delete(key);
    this.#answers.requested(key, 'end');
    return { id: endOf(topic?.key), text: textOf('bts:unsubscribe', topic) };
  }

  probe(): string {
    return JSON.stringify({ event: 'bts:heartbeat' });
  }

  #hear(frame: JsonObject): void {
    const { event, channel, data } = frame;
    switch (event) {
      case 'bts:subscription_succeeded':
        this.#begun(String(channel));
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
        if (this.#requested.has(channel) && !this.#mayBeLate(channel)) {
          if (!this.#answers.isEnding(channel)) this.#answers.passed(channel);
          this.#answered(channel);
        }
    }
  }

  /** Whether data may be of the subscription before. */
  #mayBeLate(channel: string): boolean {
    return this.#answers.isEnding(channel) && !this.#answers.isRepeated(channel);
  }

  #begun(channel: string): void {
    const wasEnding = this.#answers.isEnding(channel);
    this.#answers.answered(channel, 'begin');
    // The answer to the end before it was lost.
    if (wasEnding) this.#endedIf(channel);
    this.link.confirmed(channel);
    if (!this.#answers.isBeginning(channel)) this.#answered(channel);
  }

  #ended(channel: string): void {
    if (this.#answers.answered(channel, 'end')) this.#endedIf(channel);
    else this.link.interrupted(channel);
  }

  /** Unless it was to end once more since. */
  #endedIf(channel: string): void {
    if (!this.#answers.isEnding(channel)) this.link.accepted(endOf(channel));
  }

  #answered(channel: string): void {
    this.#requested.delete(channel);
    if (this.#isOneByOne) this.link.changed();
  }

  #refused(channel: unknown, data: unknown): void {
    const { code, message } = isJsonObject(data) ? data : {};
    const text = `${String(code)} ${String(message)}`;
    const [first, ...others] = this.#requested;
    if (typeof channel === 'string' && this.#answers.isEnding(channel)) {
      // What was to end may be wanted again by now, and is not at fault, be it of the end or of the beginning before it.
      if (this.#answers.next(channel) === 'end') this.#endedIf(channel);
      this.link.report(text);
      return;
    }
    const isNamed = typeof channel === 'string' && channel !== '';
    const isOnly =
      !isNamed && others.length === 0 && this.#answers.isOnly(String(first)) && !this.#answers.takeSecond();
    const named = isNamed ? channel : isOnly ? first : undefined;
    if (named !== undefined && this.#answers.answered(named, 'begin')) {
      this.link.rejected(named, text);
      this.#answered(named);
      return;
    }
    this.link.report(text);
    // Nothing is awaited of it: of what was requested twice the other was accepted, and stands. It is ended, and requested once more.
    if (named !== undefined) this.link.interrupted(named);
    if (named !== undefined || first === undefined) return;
    this.#isOneByOne = true;
    // Their answers still name them; what is not answered in time is asked for again.
    this.#requested.clear();
    this.link.changed();
  }
}

const textOf = (event: string, topic: Topic | undefined): string =>
  JSON.stringify({ event, data: { channel: topic?.key } });

const endOf = (channel: string | undefined): string => `end of ${String(channel)}`;
