import type { Link, Topic, TopicRequest } from '../../socket/plan.js';
import { Seats } from '../../socket/seats.js';
import { WholeRequest } from '../../socket/wholeRequest.js';
import { detailOf } from './topics.js';

/** A message about some subscriptions. Of those without topics none of ours is answered by its answer. */
export interface Message {
  readonly text: string;
  readonly topics: readonly Topic[];
}

interface PendingMessage {
  readonly isEnd: boolean;
  readonly topics: readonly Topic[];
  /** Absent where the core waits for no answer. */
  readonly whole: WholeRequest | undefined;
}

/** Refusals that time may heal: what was asked for stays unconfirmed, and is asked for again. */
const PASSING = /rate limit|too many requests|internal|unavailable/i;
/** What speaks of requests or of who makes them, whichever it is, or is known to be said of one. */
const OF_A_REQUEST = new RegExp(`subscri|auth|jwt|product|channel|request|${PASSING.source}`, 'i');
/** What names some product. */
const PRODUCT = /\b[A-Z0-9]+-[A-Z0-9]+\b/;
/** What refuses an end. */
const OF_AN_END = /unsubscri/i;

type Has = (topic: Topic) => boolean;

/**
 * What a session has asked of Coinbase. Answers bear no number and name no request: each is the whole list of what is
 * subscribed by then, or an error, one for each message in the order in which they were sent. So a list is the answer to the
 * first message after which it would look like that: one further on may be told the same of what was left and is wanted again.
 * An answer that does not come is found out by the next list, which holds what its message asked for or does not.
 */
export class Requests {
  readonly seats = new Seats();
  readonly #link: Link;
  readonly #endingsOf: (topics: readonly Topic[]) => readonly Message[];
  #pending: PendingMessage[] = [];
  /** What a list shows the venue to have dealt with, though neither a list nor an error was its answer: its error may yet come. */
  readonly #owed = new Set<PendingMessage>();
  /** What was requested when an error came that may be no answer, by key: the message that did. */
  readonly #doubted = new Map<string, PendingMessage>();
  /** What the venue would not end, by key: it goes on, and is ended with whatever is requested next. */
  readonly #unended = new Map<string, Topic>();
  /** What was in a list, and is not being ended. */
  readonly #listed = new Map<string, Topic>();
  /** What was in the last list. */
  #had: Has = () => false;
  /** Whether answers may be missing: the next list may be to a message further on. */
  #mayLack = false;
  #lastId = 0;

  /** @param endingsOf The messages that end these. */
  constructor(link: Link, endingsOf: (topics: readonly Topic[]) => readonly Message[]) {
    this.#link = link;
    this.#endingsOf = endingsOf;
  }

  /** Whether the venue has answered, or passed over, each message that is about nothing of ours. */
  get isDealtWith(): boolean {
    return this.#pending.every(({ topics }) => topics.length > 0);
  }

  /** Reads a frame. One that can't be read may have been an answer. */
  reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      this.missed();
      throw error;
    }
  }

  /** Answers may be missing. */
  missed(): void {
    this.#mayLack = true;
  }

  /**
   * Data came of a channel. Where an unanswered message began it, and no other is about it, the venue has it, though its answer may be
   * lost: a list without it says from now on that it was ended unasked.
   */
  heard(key: string): void {
    if (this.#pending.length === 0 || this.#listed.has(key)) return;
    const [only, ...others] = this.#pending.filter(({ topics }) => topics.some((topic) => topic.key === key));
    const topic = only?.isEnd === false && others.length === 0 ? only.topics.find((one) => one.key === key) : undefined;
    if (topic !== undefined) this.#listed.set(key, topic);
  }

  begin(topics: readonly Topic[], messages: readonly Message[]): TopicRequest {
    this.seats.take(topics);
    // What is asked for twice, and was not left in between, had no answer for as long as one may take.
    if (topics.some(({ key }) => this.#lastAbout(key)?.isEnd === false)) this.missed();
    // An error to the request before says the same of this one.
    for (const one of this.#owed)
      if (one.topics.some(({ key }) => topics.some((topic) => topic.key === key))) this.#owed.delete(one);
    return this.#request(false, messages);
  }

  end(topics: readonly Topic[], messages = this.#endingsOf(topics)): TopicRequest {
    this.seats.leave(topics);
    for (const { key } of topics) {
      this.#listed.delete(key);
      this.#doubted.delete(key);
    }
    return this.#request(true, messages);
  }

  /** A message goes out of which nothing is wanted but the list that answers it. One that goes unanswered until the next was lost. */
  asked(): void {
    const others = this.#pending.filter(({ topics, whole }) => topics.length > 0 || whole !== undefined);
    if (others.length < this.#pending.length) this.missed();
    this.#pending = [...others, { isEnd: false, topics: [], whole: undefined }];
  }

  /**
   * The venue listed what is subscribed. What it lists no longer it has ended unasked.
   *
   * @param has Whether a topic is in the list.
   */
  listed(has: Has): void {
    for (const topic of this.#listed.values()) if (!has(topic)) this.#link.interrupted(topic.key);
    for (const topic of this.#unended.values()) if (!has(topic)) this.#settle(topic);
    const answered = this.#pending.splice(0, this.#dealtWith(has));
    this.#had = has;
    this.#mayLack = false;
    for (const message of new Set(this.#doubted.values())) this.#listedAfterAll(message, has);
    const leaving = new Set(this.#pending.flatMap(({ isEnd, topics }) => (isEnd ? topics : [])).map(({ key }) => key));
    for (const message of answered) {
      const { isEnd, topics, whole } = message;
      for (const topic of topics) {
        this.#settle(topic);
        if (isEnd || !has(topic) || leaving.has(topic.key)) continue;
        this.#confirm(topic);
      }
      // What was never answered, and does not show, is no acceptance.
      if (isEnd || topics.every(has)) whole?.answered();
      else this.#owed.add(message);
    }
    for (const { isEnd, topics } of answered) if (isEnd) for (const topic of topics) if (has(topic)) this.#unend(topic);
  }

  /**
   * The venue refused something, in its words.
   *
   * @returns What its message was about; nothing where none is pending.
   */
  refused(text: string): readonly Topic[] | undefined {
    const owed = this.#owedBy(text);
    if (owed !== undefined) {
      this.#owed.delete(owed);
      this.#link.report(text);
      return owed.topics;
    }
    const refused = this.#pending.shift();
    // Where answers may be missing it may be of another message: what it is of is asked for again, and refused again.
    const isOfAnother = refused !== undefined && this.#isOfAnother(refused, text);
    const isVague = refused?.isEnd === false && this.#isVague(refused, text);
    const isUnsure = this.#mayLack || isOfAnother || isVague || PASSING.test(text);
    this.#mayLack = isOfAnother;
    // What was left, or is asked for again since, is not refused by that.
    const isOver = refused?.topics.length === 1 && refused.topics.some(({ key }) => this.#lastAbout(key) !== undefined);
    if (refused === undefined || refused.isEnd || refused.topics.length === 0 || isUnsure || isOver) {
      this.#link.report(text);
      if (refused?.isEnd === true) for (const topic of refused.topics) this.#unend(topic);
      return refused?.topics;
    }
    for (const topic of refused.topics) this.#settle(topic);
    const [only, ...others] = refused.topics;
    if (only !== undefined && others.length === 0) this.#link.rejected(only.key, text);
    else if (refused.whole !== undefined) this.#link.refused(refused.whole.id, text);
    return refused.topics;
  }

  /**
   * Whether an error says of nothing what it is about, as the one before a connection is closed (`ErrSlowConsume`): it may be no answer
   * at all. Where what it seems to refuse is requested again, and has such an error again, it is.
   */
  #isVague(message: PendingMessage, text: string): boolean {
    const { topics } = message;
    const isNamed = (topic: Topic): boolean => namesProduct(text, topic) || namesChannel(text, topic);
    if (OF_A_REQUEST.test(text) || topics.some(isNamed)) return false;
    const isAgain = topics.every(({ key }) => this.#doubted.has(key));
    for (const { key } of topics) this.#doubted.set(key, message);
    return !isAgain;
  }

  /** What of a doubted message shows is subscribed; it was accepted where all of it shows. */
  #listedAfterAll(message: PendingMessage, has: Has): void {
    const { topics, whole } = message;
    const shown = topics.filter(
      (topic) => this.#doubted.get(topic.key) === message && has(topic) && this.#lastAbout(topic.key) === undefined,
    );
    for (const topic of shown) this.#confirm(topic);
    if (shown.length === topics.length) whole?.answered();
  }

  #confirm(topic: Topic): void {
    this.#listed.set(topic.key, topic);
    this.#doubted.delete(topic.key);
    this.#link.confirmed(topic.key);
  }

  /** The venue has answered for good: what was being ended in its seat is over. */
  #settle(topic: Topic): void {
    this.#unended.delete(topic.key);
    this.seats.settled(topic);
  }

  /** It goes on at the venue, unless it is wanted again by now. */
  #unend(topic: Topic): void {
    if (this.#lastAbout(topic.key) === undefined && !this.#listed.has(topic.key)) this.#unended.set(topic.key, topic);
  }

  /** Whose error comes late: one whose product the text names, or any where it names none. */
  #owedBy(text: string): PendingMessage | undefined {
    const isNamed = ({ topics }: PendingMessage): boolean => topics.some((topic) => namesProduct(text, topic));
    const owed = [...this.#owed];
    return owed.find(isNamed) ?? (this.#pending.some(isNamed) ? undefined : owed[0]);
  }

  /** Whether an error says that it is about something else than its message was, whose answer is missing then. */
  #isOfAnother({ isEnd, topics }: PendingMessage, text: string): boolean {
    if (!isEnd && OF_AN_END.test(text)) return true;
    // What the venue has it does not refuse.
    if (topics.length > 0 && topics.every(({ key }) => this.#listed.has(key))) return true;
    if (topics.length > 0 && PRODUCT.test(text) && !topics.some((topic) => namesProduct(text, topic))) return true;
    const others = [...this.#pending.flatMap((message) => message.topics), ...this.#listed.values()];
    const isNamed = (topic: Topic): boolean => namesChannel(text, topic);
    return topics.length > 0 && !topics.some(isNamed) && others.some(isNamed);
  }

  #lastAbout(key: string): PendingMessage | undefined {
    return this.#pending.filter(({ topics }) => topics.some((topic) => topic.key === key)).at(-1);
  }

  /** How many of the pending messages a list shows the venue to have dealt with. */
  #dealtWith(has: Has): number {
    // Those ahead of the last that shows; one about nothing shows nowhere.
    const shown = this.#pending.map(
      ({ isEnd, topics }, i) => (i === 0 || topics.length > 0) && topics.every((topic) => has(topic) !== isEnd),
    );
    if (this.#mayLack) return shown.lastIndexOf(true) + 1;
    const topics = this.#pending.flatMap((message) => message.topics);
    const expected = new Map(topics.map((topic) => [topic.key, this.#had(topic)]));
    const isSo = (): boolean => topics.every((topic) => has(topic) === expected.get(topic.key));
    const isAsBefore = isSo();
    for (const [i, message] of this.#pending.entries()) {
      for (const { key } of message.topics) expected.set(key, !message.isEnd);
      if (isSo()) return i + 1;
    }
    // Else something in between was refused, or ended unasked, and not told.
    return isAsBefore ? 0 : shown.lastIndexOf(true) + 1;
  }

  #request(isEnd: boolean, messages: readonly Message[]): TopicRequest {
    if (messages.length === 0) return {};
    this.#lastId += 1;
    const whole = new WholeRequest(this.#link, `${this.#lastId}`, messages.length);
    const again = this.#unended.size === 0 ? [] : this.#endingsOf([...this.#unended.values()]);
    this.#unended.clear();
    for (const { topics } of again) this.#pending.push({ isEnd: true, topics, whole: undefined });
    for (const { topics } of messages) this.#pending.push({ isEnd, topics, whole });
    const [text, ...more] = [...again, ...messages].map((message) => message.text);
    return { id: whole.id, text, more };
  }
}

const namesProduct = (text: string, topic: Topic): boolean => text.includes(detailOf(topic).product);

/** `too many L2 streams …` is said of books, whatever their channel is called. */
function namesChannel(text: string, topic: Topic): boolean {
  const { channel } = detailOf(topic);
  return text.includes(channel) || (channel.startsWith('level2') && /\b(level2|L2)\b/.test(text));
}
