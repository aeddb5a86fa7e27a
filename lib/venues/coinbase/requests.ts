import type { Link, Topic, TopicRequest } from '../../socket/plan.js';
import { Seats } from '../../socket/seats.js';
import { WholeRequest } from '../../socket/wholeRequest.js';

/** A message about some subscriptions. Of those without topics none of ours is answered by its answer. */
export interface Message {
  readonly text: string;
  readonly topics: readonly Topic[];
}

interface PendingMessage {
  readonly isEnd: boolean;
  readonly topics: readonly Topic[];
  readonly whole: WholeRequest;
}

/** Refusals that time may heal: what was asked for stays unconfirmed, and is asked for again. */
const PASSING = /rate limit|too many requests|internal|unavailable/i;

/**
 * What a session has asked of Coinbase. Answers bear no number and name no request: each is the whole list of what is
 * subscribed by then, or an error, one for each message in the order in which they were sent. An answer that does not come is
 * found out by the next list, which holds what its message asked for or does not.
 */
export class Requests {
  readonly seats = new Seats();
  readonly #link: Link;
  readonly #pending: PendingMessage[] = [];
  /** What was in a list, and is not being ended. */
  readonly #listed = new Map<string, Topic>();
  #lastId = 0;

  constructor(link: Link) {
    this.#link = link;
  }

  begin(topics: readonly Topic[], messages: readonly Message[]): TopicRequest {
    this.seats.take(topics);
    return this.#request(false, messages);
  }

  end(topics: readonly Topic[], messages: readonly Message[]): TopicRequest {
    this.seats.leave(topics);
    for (const { key } of topics) this.#listed.delete(key);
    return this.#request(true, messages);
  }

  /**
   * The venue listed what is subscribed. What it lists no longer it has ended unasked.
   *
   * @param has Whether a topic is in the list.
   */
  listed(has: (topic: Topic) => boolean): void {
    for (const topic of this.#listed.values()) if (!has(topic)) this.#link.interrupted(topic.key);
    // The last message that shows in the list; those ahead of it were dealt with, too.
    const last = this.#pending
      .map(({ isEnd, topics }) => topics.every((topic) => has(topic) !== isEnd))
      .lastIndexOf(true);
    const answered = this.#pending.splice(0, last + 1);
    for (const { isEnd, topics, whole } of answered) {
      for (const topic of topics) {
        this.seats.settled(topic);
        if (isEnd || !has(topic)) continue;
        this.#listed.set(topic.key, topic);
        this.#link.confirmed(topic.key);
      }
      // What was never answered, and does not show, is no acceptance.
      if (isEnd || topics.every(has)) whole.answered();
    }
  }

  /** The venue refused something, in its words. */
  refused(text: string): void {
    const refused = this.#pending.shift();
    if (refused === undefined || refused.isEnd || refused.topics.length === 0 || PASSING.test(text)) {
      this.#link.report(text);
      return;
    }
    for (const topic of refused.topics) this.seats.settled(topic);
    const [only, ...others] = refused.topics;
    if (only !== undefined && others.length === 0) this.#link.rejected(only.key, text);
    else this.#link.refused(refused.whole.id, text);
  }

  #request(isEnd: boolean, messages: readonly Message[]): TopicRequest {
    this.#lastId += 1;
    const whole = new WholeRequest(this.#link, `${this.#lastId}`, messages.length);
    for (const { topics } of messages) this.#pending.push({ isEnd, topics, whole });
    const [text, ...more] = messages.map((message) => message.text);
    return text === undefined ? {} : { id: whole.id, text, more };
  }
}
