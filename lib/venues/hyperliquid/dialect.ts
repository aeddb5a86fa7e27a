import { type Observable, finalize } from 'rxjs';
import { type JsonObject, asJsonObject, isJsonObject } from '../../codec/jsonObject.js';
import { AnswersInOrder } from '../../socket/answersInOrder.js';
import { heartbeat } from '../../socket/heartbeat.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';
import type { DoubtedCoins } from './doubtedCoins.js';
import { PING_EVERY } from './endpoint.js';
import { bookScanner } from './frames.js';
import { keyOf, type Subscription } from './topics.js';

const PING = '{"method":"ping"}';
/** Some servers greet so. */
const GREETING = /^websocket connection established/i;

/**
 * How Hyperliquid talks: a message is about one subscription, and answers and errors repeat it. Data say what they are of, but
 * for the digits of a book.
 */
export class HyperliquidDialect implements Dialect {
  readonly #depth = bookScanner();
  /** By slot, whose a book is that does not say to how many digits: a slot has the name that such a book goes by. */
  readonly #seated = new Map<string, string>();
  /** The slots that had another one before, whose frames may come until the present one is answered. */
  readonly #inherited = new Set<string>();
  readonly #answers: AnswersInOrder;
  /** What was to end, as far as nothing says that it has: a refused end has ended nothing. */
  readonly #ending = new Map<string, Topic>();
  /** The coins of subscriptions of which nothing was heard. */
  readonly #unheard = new Map<string, string>();

  constructor(
    private readonly link: Link,
    private readonly scheduler: SteadyScheduler,
    private readonly doubted: DoubtedCoins,
  ) {
    this.#answers = new AnswersInOrder(scheduler);
  }

  alongside(): Observable<unknown> {
    return heartbeat(this.link, PING_EVERY, () => PING, this.scheduler).pipe(
      finalize(() => {
        this.doubted.lost(new Set(this.#unheard.values()));
      }),
    );
  }

  receive(text: string): void {
    if (GREETING.test(text)) return;
    const { channel, data } = asJsonObject(this.#depth.read(text) ?? JSON.parse(text));
    if (typeof channel !== 'string') throw new TypeError('no channel');
    if (channel === 'subscriptionResponse') this.#answered(data);
    else if (channel === 'error') this.#refused(String(data));
    else if (OURS.includes(channel)) this.#deliver(channel, data);
  }

  subscribe([topic]: readonly Topic[]): TopicRequest {
    if (topic !== undefined && this.#isMissing(topic)) return {};
    if (topic?.slot !== undefined) this.#seat(topic.slot, topic.key);
    if (topic !== undefined) this.#answers.requested(topic.key, 'begin');
    return { text: JSON.stringify({ method: 'subscribe', subscription: subscriptionOf(topic) }) };
  }

  #seat(slot: string, key: string): void {
    const before = this.#seated.get(slot) ?? key;
    this.#seated.set(slot, key);
    if (before !== key) this.#inherited.add(slot);
    // Requested once more, since no answer came: what comes by now is of it.
    else if (this.#answers.isBeginning(key)) this.#inherited.delete(slot);
  }

  unsubscribe([topic]: readonly Topic[]): TopicRequest {
    if (topic === undefined) return {};
    this.#unheard.delete(topic.key);
    this.#ending.set(topic.key, topic);
    return { id: endOf(topic.key), text: this.#endingOf(topic) };
  }

  probe(): string {
    return PING;
  }

  /** Whether it is known that there is no such coin: it is refused, though not while a message is being made up. */
  #isMissing(topic: Topic): boolean {
    const { coin } = subscriptionOf(topic);
    if (coin === undefined) return false;
    if (this.doubted.isMissing(coin)) {
      this.scheduler.schedule(() => {
        this.link.rejected(topic.key, 'the connection is closed on it, and the venue lists no such coin');
      });
      return true;
    }
    this.#unheard.set(topic.key, coin);
    return false;
  }

  #heard(key: string): void {
    const coin = this.#unheard.get(key);
    if (coin === undefined) return;
    this.#unheard.delete(key);
    this.doubted.answered(coin);
  }

  #deliver(channel: string, data: unknown): void {
    const key = keyIn(channel, data);
    if (key === undefined) return;
    if (this.#unheard.size > 0) this.#heard(key);
    const seated = this.#seated.get(key);
    const leaving = seated === undefined ? [] : this.#leaving(seated);
    if (leaving.length === 0) {
      const isUnclear = this.#inherited.has(key) && seated !== undefined && this.#answers.isBeginning(seated);
      if (!isUnclear) this.link.deliver(seated ?? key, data);
    } else this.#endAgain(leaving.filter((topic) => !this.#answers.isEnding(topic.key)));
  }

  /** What is being ended in the seat that this one has taken: frames may still be theirs. */
  #leaving(key: string): readonly Topic[] {
    return [...this.#ending.values()].filter(({ slot = '', key: other }) => {
      return other !== key && this.#seated.get(slot) === key;
    });
  }

  #answered(data: unknown): void {
    const { method, subscription } = isJsonObject(data) ? data : {};
    const key = keyOf(asJsonObject(subscription, 'an answer to no subscription'));
    if (method !== 'unsubscribe') this.#begun(key);
    else if (this.#answers.answered(key, 'end')) this.#ended(key);
    else this.link.interrupted(key);
  }

  #begun(key: string): void {
    this.#heard(key);
    this.#answers.answered(key, 'begin');
    // The answer to the end before it was lost.
    if (this.#ending.has(key)) this.#ended(key);
    this.#confirmed(key);
  }

  /** Answers come in order: the end of another one of its seat, or the answer to that, was lost, or it was refused. */
  #confirmed(key: string): void {
    const leaving = this.#leaving(key);
    // All that was requested of them lies before it: the next answer about one is to the end that is requested now.
    if (!this.#answers.isBeginning(key)) for (const other of leaving) this.#answers.passed(other.key);
    this.#endAgain(leaving);
    this.link.confirmed(key);
  }

  #endAgain(topics: readonly Topic[]): void {
    for (const topic of topics) this.link.send(this.#endingOf(topic));
  }

  #endingOf(topic: Topic): string {
    this.#answers.requested(topic.key, 'end');
    return JSON.stringify({ method: 'unsubscribe', subscription: subscriptionOf(topic) });
  }

  /** Unless it was to end once more since. */
  #ended(key: string): void {
    if (this.#answers.isEnding(key)) return;
    this.#ending.delete(key);
    this.link.accepted(endOf(key));
  }

  #refused(text: string): void {
    const quoted = /\{.*\}/s.exec(text)?.[0];
    const subscription = quoted === undefined ? undefined : jsonOf(quoted);
    if (!isJsonObject(subscription)) {
      this.link.report(text);
      return;
    }
    const key = keyOf(subscription);
    this.#heard(key);
    if (text.startsWith('Already subscribed')) this.#begun(key);
    else if (text.startsWith('Already unsubscribed')) {
      this.#answers.answered(key, 'end');
      this.#ended(key);
    } else if (this.#answers.isEnding(key)) {
      // What was to end may be wanted again by now, and is not at fault, be it of the end or of the beginning before it.
      if (this.#answers.next(key) === 'end' && !this.#answers.isEnding(key)) this.link.accepted(endOf(key));
      this.link.report(text);
    } else if (this.#answers.answered(key, 'begin')) this.link.rejected(key, text);
    else {
      // Nothing is awaited: of what was requested twice the other was accepted, and stands. It is ended, and requested once more.
      this.link.report(text);
      this.link.interrupted(key);
    }
  }
}

/** Channels that are read. Others are of what a user has subscribed, and the answer to a ping is none. */
const OURS: readonly string[] = ['l2Book', 'trades', 'bbo', 'candle', 'allMids'];

/** What data are of, as far as they say it. */
const keyIn = (channel: string, data: unknown): string | undefined =>
  Array.isArray(data)
    ? keyOfList(channel, data)
    : keyOfData(channel, asJsonObject(data, `${channel} that is neither a list nor an object`));

const endOf = (key: string): string => `end of ${key}`;
const subscriptionOf = (topic: Topic | undefined): Subscription => topic?.detail as Subscription;

/** Trades are told in a list; an empty one is of nobody. */
function keyOfList(type: string, list: readonly unknown[]): string | undefined {
  if (list.length === 0) return undefined;
  return keyOf({ type, coin: nameIn(type, asJsonObject(list[0], `an item of ${type} that is no object`)['coin']) });
}

/** Whose it is can't be guessed: what has such a name, and another one than a text, is not passed over. */
function keyOfData(type: string, { coin, s, i, dex, fast }: JsonObject): string {
  if (type === 'trades') throw new TypeError('trades that are no list');
  if (fast !== undefined && fast !== null && typeof fast !== 'boolean')
    throw new TypeError(`${type} that does not say of which book`);
  if (type === 'candle') return keyOf({ type, coin: nameIn(type, s), interval: nameIn(type, i) });
  return keyOf({ type, coin: ofCoin.includes(type) ? nameIn(type, coin) : coin, dex, fast });
}

const ofCoin: readonly string[] = ['l2Book', 'bbo'];

function nameIn(type: string, name: unknown): string {
  if (typeof name === 'string') return name;
  throw new TypeError(`${type} that does not say of what`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
