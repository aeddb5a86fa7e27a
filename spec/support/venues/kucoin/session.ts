import { parseRecord } from '../../../../lib/simulation/parseRecord.js';
import type { SimulatedConnection } from '../../../../lib/simulation/simulatedVenue.js';
import { SlidingWindow } from '../../../../lib/simulation/slidingWindow.js';
import type { TopicBroadcast } from '../../../../lib/simulation/topics/topicBroadcast.js';
import { TopicSession } from '../../../../lib/simulation/topics/topicSession.js';
import type { SessionConfig } from '../../../../lib/simulation/venueSession.js';
import type { SpecVenueHost } from '../specVenue.js';
import type { KucoinBook } from './kucoinBook.js';
import { limits } from './limits.js';
import { streamOf } from './streams.js';

/** One connection: it says `welcome`, and is pinged by its client ever so often. */
export class KucoinSession extends TopicSession<SpecVenueHost> {
  #pingedAt: number;
  readonly #pace = new SlidingWindow(limits.messages, 10_000);

  constructor(
    config: SessionConfig,
    host: SpecVenueHost,
    connection: SimulatedConnection,
    private readonly books: ReadonlyMap<string, KucoinBook>,
  ) {
    super(config, host, connection);
    this.#pingedAt = host.now();
  }

  override begin(): void {
    const id = new URL(this.url, 'wss://kucoin.example').searchParams.get('connectId');
    this.send(JSON.stringify({ id, type: 'welcome' }));
  }

  pulse(now: number): void {
    if (this.host.oddities.take('tokenExpired', this.url) !== undefined) this.#refuse('', 401, 'token is expired');
    if (now - this.#pingedAt > limits.pingInterval + limits.pingTimeout) this.close(1000, 'no ping');
  }

  protected hear(text: string): void {
    const { id, type, topic, response } = parseRecord(text) ?? {};
    const isText = typeof id === 'string' || typeof id === 'number';
    const name = isText ? String(id) : '';
    if (!this.#pace.admits(this.host.now())) {
      this.host.violated('messages', this.id);
      this.#refuse(name, 509, 'exceed max permits per second');
    } else if (type === 'ping') {
      this.#pingedAt = this.host.now();
      this.send(JSON.stringify({ id: name, type: 'pong' }));
    } else if ((type !== 'subscribe' && type !== 'unsubscribe') || typeof topic !== 'string')
      this.#refuse(name, 415, `type is not supported`);
    else this.#obey(type, topic, name, response === true);
  }

  #obey(type: 'subscribe' | 'unsubscribe', topic: string, id: string, isAnswered: boolean): void {
    const [kind = '', list = ''] = topic.split(':');
    const symbols = list.split(',');
    if (symbols.length > limits.topicsPerMessage) {
      this.host.violated('topicsPerMessage', this.id);
      this.#refuse(id, 509, 'exceed max subscription count limitation of 100 per time');
      return;
    }
    const streams = symbols.map((symbol) => [`${kind}:${symbol}`, this.#streamOf(kind, symbol)] as const);
    if (type === 'unsubscribe') for (const [name] of streams) this.leave(name);
    else if (streams.some(([, stream]) => stream === undefined)) {
      this.#refuse(id, 404, `topic ${topic} is not found`);
      return;
    }
    const isAcknowledged = isAnswered && this.host.faults.take('ackNever', topic) === undefined;
    // Data may come ahead of the answer.
    const isAhead = this.random() < 0.5;
    if (isAcknowledged && !isAhead) this.send(JSON.stringify({ id, type: 'ack' }));
    if (type === 'subscribe')
      for (const [name, stream] of streams) if (stream && !this.has(name)) this.join(name, () => stream);
    if (this.subscriptions.length > limits.topicsPerConnection) this.host.violated('topicsPerConnection', this.id);
    if (isAcknowledged && isAhead) this.send(JSON.stringify({ id, type: 'ack' }));
  }

  #streamOf(kind: string, symbol: string): TopicBroadcast | undefined {
    const book = this.host.faults.take('unknownSymbol', symbol) === undefined ? this.books.get(symbol) : undefined;
    return book && streamOf(kind, symbol, book);
  }

  #refuse(id: string, code: number, data: string): void {
    this.send(JSON.stringify({ id, type: 'error', code, data }));
  }
}
