import { parseRecord } from '../parseRecord.js';
import type { SimulatedConnection } from '../simulatedVenue.js';
import type { SlidingWindow } from '../slidingWindow.js';
import type { TopicBroadcast } from '../topics/topicBroadcast.js';
import { type TopicHost, TopicSession } from '../topics/topicSession.js';
import type { SessionConfig } from '../venueSession.js';
import type { CoinbaseLimits } from './limits.js';
import { payloadOf } from './streams.js';

const HEARTBEAT = 1_000;
const HEARTBEATS = 'heartbeats';
const CHANNELS = ['level2', 'market_trades', 'ticker', 'candles'];

/** As a program in Go writes a time, how long it has run included; of that, here, the ms since midnight. */
function goTime(at: number): string {
  const [day = '', time = ''] = new Date(at).toISOString().slice(0, -1).split('T');
  return `${day} ${time}000000 +0000 UTC m=+${((at % 86_400_000) / 1_000).toFixed(9)}`;
}

/** What a session needs of its venue. */
export interface CoinbaseHost extends TopicHost<keyof CoinbaseLimits> {
  readonly limits: CoinbaseLimits;
  /** Counts the messages of all connections. */
  readonly pace: SlidingWindow;
  isDenied(product: string): boolean;
  streamOf(channel: string, product: string): TopicBroadcast | undefined;
}

/** One connection to Advanced Trade. All its frames but errors are counted, from 0 on. */
export class CoinbaseSession extends TopicSession<CoinbaseHost> {
  #next = 0;
  #idleSince: number;
  #hasHeartbeats = false;
  #beats = 14_192;
  #beatAt = 0;

  constructor(config: SessionConfig, host: CoinbaseHost, connection: SimulatedConnection) {
    super(config, host, connection);
    this.#idleSince = host.now();
  }

  pulse(now: number): void {
    if (this.#hasHeartbeats && now - this.#beatAt >= HEARTBEAT) {
      this.#beatAt = now;
      this.#beats += 1;
      const beat = { current_time: goTime(now), heartbeat_counter: this.#beats };
      this.#emit(HEARTBEATS, beat);
    }
    const isIdle = !this.#hasHeartbeats && this.subscriptions.length === 0;
    if (!isIdle) this.#idleSince = now;
    else if (now - this.#idleSince >= this.host.limits.subscribeWithin) this.close(1008, 'nothing is subscribed');
  }

  protected override framed(_topic: string, payload: string): string {
    if (this.host.faults.take('skippedNumber', this.url) !== undefined) this.#next += 1;
    const number = this.#next;
    this.#next += 1;
    return `{"sequence_num":${number},${payload}}`;
  }

  protected hear(text: string): void {
    const { type, channel, product_ids: named } = parseRecord(text) ?? {};
    // The end of a channel without products is that of all of them.
    const products = named ?? (type === 'unsubscribe' ? this.#productsOf(channel) : []);
    if (!this.host.pace.admits(this.host.now())) {
      this.host.violated('messagesPerSecond', this.id);
      this.#refuse('rate limit exceeded');
    } else if ((type !== 'subscribe' && type !== 'unsubscribe') || !Array.isArray(products)) this.#refuse('malformed');
    else if (channel === HEARTBEATS) {
      this.#hasHeartbeats = type === 'subscribe';
      this.#list();
    } else if (typeof channel !== 'string' || !CHANNELS.includes(channel)) this.#refuse('no such channel');
    else this.#obey(type, channel, products.map(String));
  }

  #productsOf(channel: unknown): readonly string[] {
    const start = `${String(channel)}:`;
    return this.subscriptions.filter((topic) => topic.startsWith(start)).map((topic) => topic.slice(start.length));
  }

  #obey(type: 'subscribe' | 'unsubscribe', channel: string, products: readonly string[]): void {
    const { booksPerConnection } = this.host.limits;
    const wrong = products.find((one) => this.host.isDenied(one) || this.host.streamOf(channel, one) === undefined);
    if (wrong !== undefined) {
      this.#refuse(`${wrong} is not a valid product`);
      return;
    }
    if (type === 'unsubscribe') for (const product of products) this.leave(`${channel}:${product}`);
    const books = new Set([...this.subscriptions, ...products.map((one) => `${channel}:${one}`)]);
    if (type === 'subscribe' && [...books].filter((one) => one.startsWith('level2:')).length > booksPerConnection) {
      this.host.violated('booksPerConnection', this.id);
      this.#refuse('too many L2 streams requested in a single session');
      return;
    }
    // Data may come ahead of the answer, which holds what was asked for in any case.
    const isAhead = this.random() < 0.5;
    const topics = type === 'unsubscribe' ? this.subscriptions : [...books];
    if (!isAhead) this.#list(topics);
    if (type === 'subscribe') for (const product of products) this.#begin(channel, product);
    if (isAhead) this.#list(topics);
  }

  #begin(channel: string, product: string): void {
    const topic = `${channel}:${product}`;
    const stream = this.host.streamOf(channel, product);
    if (stream !== undefined && !this.has(topic)) this.join(topic, () => stream);
  }

  /** All that there is by now: the answer to every request. */
  #list(topics: readonly string[] = this.subscriptions): void {
    const subscriptions: Record<string, string[]> = this.#hasHeartbeats ? { [HEARTBEATS]: [HEARTBEATS] } : {};
    for (const topic of topics) {
      const [channel = '', product = ''] = topic.split(':');
      (subscriptions[channel] ??= []).push(product);
    }
    this.#emit('subscriptions', { subscriptions });
  }

  #emit(channel: string, event: object): void {
    const text = this.framed(channel, payloadOf(channel, this.host.now(), event));
    if (channel !== 'subscriptions' || this.host.faults.take('ackNever', channel) === undefined) this.send(text);
  }

  #refuse(message: string): void {
    this.send(JSON.stringify({ type: 'error', message }));
  }
}
