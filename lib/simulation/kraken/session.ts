import { isRecord, parseRecord } from '../parseRecord.js';
import type { SimulatedConnection } from '../simulatedVenue.js';
import { SlidingWindow } from '../slidingWindow.js';
import type { TopicBroadcast } from '../topics/topicBroadcast.js';
import { type TopicHost, TopicSession } from '../topics/topicSession.js';
import type { SessionConfig } from '../venueSession.js';
import { isoTime } from './frames.js';
import type { KrakenLimits } from './limits.js';
import { type KrakenTopic, intervals } from './streams.js';

const CHANNELS = ['book', 'trade', 'ticker', 'ohlc'];
const DEPTHS = [10, 25, 100, 500, 1_000];
const TRIGGERS = ['trades', 'bbo'];
const HEARTBEAT = 1_000;

/** What a session needs of its venue. */
export interface KrakenHost extends TopicHost<keyof KrakenLimits> {
  readonly limits: KrakenLimits;
  /** Whether the venue has such a pair. */
  knows(symbol: string): boolean;
  /** Whether it denies that for the time being. */
  isDenied(symbol: string): boolean;
  streamOf(topic: KrakenTopic): TopicBroadcast | undefined;
}

/** One connection to v2 of the API. */
export class KrakenSession extends TopicSession<KrakenHost> {
  #heardAt: number;
  #spokeAt = 0;
  #hasSubscribed = false;
  readonly #pace: SlidingWindow;

  constructor(config: SessionConfig, host: KrakenHost, connection: SimulatedConnection) {
    super(config, host, connection);
    this.#heardAt = host.now();
    this.#pace = new SlidingWindow(host.limits.messagesPerSecond, 1_000);
  }

  override begin(): void {
    this.#tell('online');
  }

  pulse(now: number): void {
    if (this.host.faults.take('maintenance', this.url) !== undefined) {
      this.#tell('maintenance');
      this.close(1001, 'maintenance');
    }
    if (this.#hasSubscribed && now - this.#spokeAt >= HEARTBEAT) this.send('{"channel":"heartbeat"}');
    if (now - Math.max(this.#heardAt, this.#spokeAt) >= this.host.limits.idleTimeout) this.close(1000, 'idle');
  }

  protected hear(text: string): void {
    const now = this.host.now();
    this.#heardAt = now;
    const { method, params, req_id: id } = parseRecord(text) ?? {};
    if (!this.#pace.admits(now)) {
      this.host.violated('messagesPerSecond', this.id);
      this.#answer(method, id, { error: 'Exceeded msg rate', success: false });
    } else if (method === 'ping') this.#answer('pong', id, {});
    else if ((method === 'subscribe' || method === 'unsubscribe') && isRecord(params)) this.#obey(method, params, id);
    else this.#answer(method, id, { error: 'Malformed request', success: false });
  }

  protected override transmit(text: string): void {
    this.#spokeAt = this.host.now();
    super.transmit(text);
  }

  #tell(system: 'online' | 'maintenance'): void {
    this.send(
      `{"channel":"status","type":"update","data":[{"version":"2.0.10","system":"${system}","api_version":"v2","connection_id":1784323292010816870${this.id}}]}`,
    );
  }

  #obey(method: 'subscribe' | 'unsubscribe', params: Readonly<Record<string, unknown>>, id: unknown): void {
    const { symbol: symbols, channel: name, snapshot = true } = params;
    if (!Array.isArray(symbols) || typeof snapshot !== 'boolean') {
      const error = CHANNELS.includes(String(name)) ? 'Malformed request' : 'Subscription name invalid';
      this.#answer(method, id, { error, success: false });
      return;
    }
    for (const symbol of symbols.map(String)) {
      const topic = topicOf(params, symbol);
      const error = method === 'subscribe' ? this.#refusal(topic) : this.#unknown(topic);
      const { depth, interval, channel } = topic;
      const detail = channel === 'book' ? { depth } : channel === 'ohlc' ? { interval } : {};
      const result = { channel, symbol, ...detail, ...(method === 'subscribe' && { snapshot }) };
      if (error !== undefined) {
        this.#answer(method, id, { error, success: false, symbol });
        continue;
      }
      if (this.host.faults.take('ackNever', `${channel} ${symbol}`) === undefined)
        this.#answer(method, id, { result, success: true });
      if (method === 'unsubscribe') this.leave(keyOf(topic));
      else this.#begin(topic, snapshot);
    }
  }

  #begin(topic: KrakenTopic, hasSnapshot: boolean): void {
    const stream = this.host.streamOf(topic);
    if (stream === undefined) return;
    this.#hasSubscribed = true;
    this.join(keyOf(topic), () => stream, hasSnapshot);
  }

  #refusal(topic: KrakenTopic): string | undefined {
    const { channel, symbol, depth } = topic;
    if (!this.host.knows(symbol) || this.host.isDenied(symbol)) return `Currency pair not supported ${symbol}`;
    if (channel === 'book' && !Number.isInteger(depth)) return 'Subscription book depth must be an integer';
    if (channel === 'book' && !DEPTHS.includes(depth)) return 'Subscription depth not supported';
    if (channel === 'ohlc' && intervals[topic.interval] === undefined)
      return 'Subscription ohlc interval not supported';
    if (channel === 'ticker' && !TRIGGERS.includes(topic.trigger)) return 'Event trigger not supported';
    if (this.host.streamOf(topic) === undefined) return 'Subscription name invalid';
    // Of books and tickers there is one a symbol.
    const slot = slotOf(topic);
    return this.subscriptions.some((one) => one === slot || one.startsWith(`${slot}-`))
      ? 'Already subscribed'
      : undefined;
  }

  #unknown(topic: KrakenTopic): string | undefined {
    return this.has(keyOf(topic)) ? undefined : 'Subscription Not Found';
  }

  #answer(method: unknown, id: unknown, fields: object): void {
    const time = isoTime(this.host.now());
    this.send(JSON.stringify({ method, ...fields, req_id: id, time_in: time, time_out: time }));
  }
}

function topicOf(params: Readonly<Record<string, unknown>>, symbol: string): KrakenTopic {
  const { channel, depth = 10, interval = 1, event_trigger: trigger = 'trades' } = params;
  return {
    channel: String(channel),
    symbol,
    depth: Number(depth),
    interval: Number(interval),
    trigger: String(trigger),
  };
}

const slotOf = ({ channel, symbol, interval }: KrakenTopic): string =>
  channel === 'ohlc' ? `ohlc ${symbol}-${interval}` : `${channel} ${symbol}`;

const keyOf = (topic: KrakenTopic): string => {
  const { channel, depth, trigger } = topic;
  const detail = channel === 'book' ? `-${depth}` : channel === 'ticker' ? `-${trigger}` : '';
  return slotOf(topic) + detail;
};
