import { EMPTY, type Observable, tap } from 'rxjs';
import { grouped } from '../../../codec/grouped.js';
import { type JsonObject, asJsonObject, isJsonObject } from '../../../codec/jsonObject.js';
import type { Credentials } from '../../../feed/credentials.js';
import { FrameCount } from '../../../book/continuity/frameCount.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../../socket/plan.js';
import { bookScanner } from './frames.js';
import { type Message, Requests } from '../requests.js';
import { byChannel, detailOf, keyOf, productsOf } from '../topics.js';

/** What data frames of a book call themselves. */
const L2_DATA = 'l2_data';
const LEVEL2 = 'level2';
export const HEARTBEATS = 'heartbeats';
/** Where an event of a channel holds what is of several products. */
const listed: Readonly<Record<string, string>> = { market_trades: 'trades', ticker: 'tickers', candles: 'candles' };

/**
 * How Coinbase Advanced Trade talks: a request for each channel, and an answer to each that lists all there is by then.
 * Every frame of a connection is counted, whatever it is about: after one that is missing nothing of the connection can be
 * relied upon, and all of it is subscribed anew, and so it is where numbers begin anew; one that comes late is passed over. Heartbeats are subscribed by each session.
 *
 * @param tokens Where messages have their tokens from, if they bear any.
 */
export class CoinbaseAdvancedDialect implements Dialect {
  readonly #depth = bookScanner();
  readonly #requests: Requests;
  readonly #count = new FrameCount();
  #hasHeartbeats = false;
  /** Whether the last list had them. */
  #areListed = false;
  #areHeard = false;
  #jwt: string | undefined;

  constructor(
    private readonly link: Link,
    private readonly tokens?: Pick<Credentials<string>, 'get' | 'kept$'>,
  ) {
    this.#requests = new Requests(link, (topics) => this.#messagesOf('unsubscribe', topics));
  }

  handshake(): Observable<unknown> {
    return this.#kept(this.tokens?.get());
  }

  alongside(): Observable<unknown> {
    return this.#kept(this.tokens?.kept$);
  }

  receive(text: string): void {
    const frame = this.#requests.reading(() => asJsonObject(this.#depth.read(text) ?? JSON.parse(text)));
    const { type, message } = frame;
    if (type === 'error') this.#refused(String(message));
    else if (this.#counts(frame)) this.#hear(frame);
  }

  subscribe(topics: readonly Topic[]): TopicRequest {
    const first = this.#hasHeartbeats ? [] : [{ text: this.#textOf('subscribe', HEARTBEATS), topics: [] }];
    this.#hasHeartbeats = true;
    return this.#requests.begin(topics, [...first, ...this.#messagesOf('subscribe', topics)]);
  }

  unsubscribe(topics: readonly Topic[]): TopicRequest {
    return this.#requests.end(topics);
  }

  #kept(tokens$: Observable<string> = EMPTY): Observable<unknown> {
    return tokens$.pipe(
      tap((token) => {
        this.#jwt = token;
      }),
    );
  }

  #refused(text: string): void {
    // Nothing else is asked for without products.
    if (this.#requests.refused(text)?.length === 0) this.#lackHeartbeats();
  }

  /** They are asked for again with whatever is subscribed next: themselves, where they are wanted. */
  #lackHeartbeats(): void {
    this.#hasHeartbeats = this.#areListed = this.#areHeard = false;
    this.link.interrupted(HEARTBEATS);
  }

  #listed(event: JsonObject): void {
    const all = subscribedIn(event);
    this.#requests.listed((topic) => {
      const { channel, product } = detailOf(topic);
      const products = all[channel];
      return Array.isArray(products) && products.includes(product);
    });
    if (all[HEARTBEATS] !== undefined) this.#areListed = true;
    // Ended, or what asked for them has not come to the venue.
    else if (this.#areListed || (this.#hasHeartbeats && !this.#areHeard && this.#requests.isDealtWith))
      this.#lackHeartbeats();
  }

  #textOf(type: Verb, channel: string, products?: readonly string[]): string {
    return JSON.stringify({ type, product_ids: products, channel, jwt: this.#jwt });
  }

  #messagesOf(type: Verb, topics: readonly Topic[]): readonly Message[] {
    // Heartbeats are there as long as the session.
    return [...byChannel(topics.filter(({ key }) => key !== HEARTBEATS))].map(([channel, some]) => ({
      text: this.#textOf(type, channel, productsOf(some)),
      topics: some,
    }));
  }

  /** Whether a frame is to be read. What comes first may have any number: no book begins before it. */
  #counts({ sequence_num: number }: JsonObject): boolean {
    if (number === undefined) return true;
    if (typeof number !== 'number') throw new TypeError('a sequence_num that is no number');
    const order = this.#count.take(number);
    if (order === 'gap' || order === 'anew') {
      this.#requests.missed();
      this.link.interrupted();
    }
    return order !== 'late';
  }

  #hear({ channel, events, timestamp }: JsonObject): void {
    if (typeof channel !== 'string' || !Array.isArray(events)) throw new TypeError('no channel, no events');
    for (const one of events as readonly unknown[]) {
      const event = asJsonObject(one, `an event of ${channel} that is no object`);
      if (channel === 'subscriptions') this.#listed(event);
      else if (channel === HEARTBEATS) {
        this.#areHeard = true;
        this.link.deliver(HEARTBEATS, { ...heartbeatIn(event), timestamp });
      } else if (channel === L2_DATA || channel in listed) this.#deliver(channel, { ...event, timestamp });
    }
  }

  #deliver(channel: string, event: JsonObject): void {
    const list = listed[channel];
    if (list === undefined) {
      const { product_id: product } = event;
      if (typeof product !== 'string') throw new TypeError(`an event of ${channel} that names no product`);
      this.#hand(keyOf(LEVEL2, product), event);
      return;
    }
    for (const [product, items] of byProduct(event[list])) {
      this.#hand(keyOf(channel, product), { ...event, [list]: items });
    }
  }

  #hand(key: string, event: JsonObject): void {
    this.#requests.heard(key);
    this.link.deliver(key, event);
  }
}

/** Like events of other channels that are of nobody, one that is none costs its frame. */
function heartbeatIn(event: JsonObject): JsonObject {
  if (event['heartbeat_counter'] === undefined) throw new TypeError('a heartbeat without its counter');
  return event;
}

type Verb = 'subscribe' | 'unsubscribe';

function byProduct(items: unknown): ReadonlyMap<string, readonly unknown[]> {
  if (!Array.isArray(items)) throw new TypeError('an event without its list');
  return grouped(items as readonly unknown[], (item) => {
    const product: unknown = isJsonObject(item) ? item['product_id'] : undefined;
    if (typeof product !== 'string') throw new TypeError('an item that names no product');
    return product;
  });
}

/** `{"subscriptions":{"level2":["BTC-USD"]}}` */
const subscribedIn = ({ subscriptions }: JsonObject): JsonObject => (isJsonObject(subscriptions) ? subscriptions : {});
