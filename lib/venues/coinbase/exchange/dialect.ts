import { type Observable, type SchedulerLike, tap } from 'rxjs';
import { type JsonObject, asJsonObject, isJsonObject } from '../../../codec/jsonObject.js';
import { atTop } from '../../../codec/placeOfLevels.js';
import { scanLevels } from '../../../codec/scanLevels.js';
import { every } from '../../../socket/every.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../../socket/plan.js';
import { LIST_EVERY } from './endpoint.js';
import { type Message, Requests } from '../requests.js';
import { byChannel, detailOf, keyOf, productsOf } from '../topics.js';

/** Speaks every second, whatever happens in the market. */
const HEARTBEAT = 'heartbeat';
/** What is read, and names its product. Others are of what a user has subscribed. */
const OURS: readonly string[] = ['snapshot', 'l2update', 'match', 'last_match', 'ticker', HEARTBEAT];
/** `level2`, `level2_batch` and what they were called before: their frames are the same. */
export const LEVEL2 = 'level2';

/**
 * How Coinbase Exchange talks: requests of channels and products, and an answer to each that lists all there is by then.
 * Frames name type and product. The protocol has no ping: the heartbeat of the product that is subscribed first tells a
 * dead wire, and stays as long as the session.
 */
export class CoinbaseExchangeDialect implements Dialect {
  readonly #requests: Requests;
  /** Whose heartbeat keeps the wire. */
  #heart: string | undefined;
  #isHeartListed = false;
  readonly #asked = new Set<string>();

  constructor(
    private readonly link: Link,
    private readonly scheduler: SchedulerLike,
  ) {
    this.#requests = new Requests(link, endings);
  }

  /** What the venue has ended, its notice lost, stands in no list. Whatever is requested is answered by one. */
  alongside(): Observable<unknown> {
    return every(LIST_EVERY, this.scheduler).pipe(
      tap(() => {
        if (this.#heart === undefined || !this.#isHeartListed) return;
        this.#requests.asked();
        this.link.send(beginning([], this.#heart).text);
      }),
    );
  }

  receive(text: string): void {
    const frame = this.#requests.reading(() => asJsonObject(snapshotIn(text) ?? JSON.parse(text)));
    const { type, product_id: product } = frame;
    if (type === 'subscriptions') this.#listed(frame);
    else if (type === 'error') this.#refused(frame);
    else if (typeof type === 'string' && typeof product === 'string') this.#deliver(type, product, frame);
    else if (typeof type !== 'string' || OURS.includes(type)) throw new TypeError('no type, no product');
  }

  subscribe(topics: readonly Topic[]): TopicRequest {
    const before = this.#heart;
    this.#heart ??= productsOf(topics)[0];
    // What is asked for again may not have come to the venue, nor the heartbeat with it.
    const isAgain = !this.#isHeartListed && topics.some(({ key }) => this.#asked.has(key));
    for (const { key } of topics) this.#asked.add(key);
    return this.#requests.begin(topics, [
      beginning(topics, before !== this.#heart || isAgain ? this.#heart : undefined),
    ]);
  }

  unsubscribe(topics: readonly Topic[]): TopicRequest {
    const others = topics.filter(({ key }) => key !== this.#heartKey());
    return this.#requests.end(topics, endings(others));
  }

  #heartKey(): string | undefined {
    return this.#heart === undefined ? undefined : keyOf(HEARTBEAT, this.#heart);
  }

  #listed(frame: JsonObject): void {
    const listed = listOf(frame);
    const heart = this.#heartKey();
    this.#isHeartListed ||= heart !== undefined && listed.has(heart);
    this.#requests.listed((topic) => listed.has(listedAs(topic)));
  }

  #refused({ message, reason }: JsonObject): void {
    // It may be its product that was at fault.
    if (!this.#isHeartListed) this.#heart = undefined;
    this.#requests.refused([message, reason].filter((text) => typeof text === 'string').join(': '));
  }

  #deliver(type: string, product: string, frame: JsonObject): void {
    if (type === 'snapshot' || type === 'l2update') {
      const key = this.#requests.seats.keyIn(keyOf(LEVEL2, product));
      if (key !== undefined) this.#hand(key, frame);
    } else this.#hand(keyOf(type === 'match' || type === 'last_match' ? 'matches' : type, product), frame);
  }

  #hand(key: string, frame: JsonObject): void {
    this.#requests.heard(key);
    this.link.deliver(key, frame);
  }
}

/** One message for all of them, and for a heartbeat more. */
function beginning(topics: readonly Topic[], heart: string | undefined): Message {
  const channels = new Map([...byChannel(topics)].map(([name, some]) => [name, productsOf(some)]));
  if (heart !== undefined) channels.set(HEARTBEAT, [...new Set([...(channels.get(HEARTBEAT) ?? []), heart])]);
  const named = [...channels].map(([name, product_ids]) => ({ name, product_ids }));
  return { text: JSON.stringify({ type: 'subscribe', channels: named }), topics };
}

/** A message for each channel. */
const endings = (topics: readonly Topic[]): readonly Message[] =>
  [...byChannel(topics)].map(([channel, some]) => ({
    text: JSON.stringify({ type: 'unsubscribe', product_ids: productsOf(some), channels: [channel] }),
    topics: some,
  }));

/** A snapshot has up to megabytes of levels. */
function snapshotIn(text: string): unknown {
  if (!text.startsWith('{"type":"snapshot"')) return undefined;
  const first = /"(asks|bids)":\[/.exec(text)?.[1] ?? 'asks';
  return scanLevels(text, first, first === 'asks' ? 'bids' : 'asks', atTop);
}

/** `{"type":"subscriptions","channels":[{"name":"ticker","product_ids":["YFI-BTC"]}]}` */
function listOf({ channels }: JsonObject): ReadonlySet<string> {
  const listed = new Set<string>();
  for (const channel of Array.isArray(channels) ? (channels as readonly unknown[]) : []) {
    const { name, product_ids: products } = isJsonObject(channel) ? channel : {};
    for (const product of Array.isArray(products) ? products : []) listed.add(keyOf(familyOf(name), String(product)));
  }
  return listed;
}

function listedAs(topic: Topic): string {
  const { channel, product } = detailOf(topic);
  return keyOf(familyOf(channel), product);
}

/** Under which of its names the list tells a book is told nowhere. */
const familyOf = (channel: unknown): string => (String(channel).startsWith(LEVEL2) ? LEVEL2 : String(channel));
