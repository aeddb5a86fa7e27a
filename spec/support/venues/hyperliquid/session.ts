import { isRecord, parseRecord } from '../../../../lib/simulation/parseRecord.js';
import type { SimulatedConnection } from '../../../../lib/simulation/simulatedVenue.js';
import { SlidingWindow } from '../../../../lib/simulation/slidingWindow.js';
import { TopicSession } from '../../../../lib/simulation/topics/topicSession.js';
import type { SessionConfig } from '../../../../lib/simulation/venueSession.js';
import type { SpecVenueHost } from '../specVenue.js';
import { type Asked, streamOf, topicOf } from './streams.js';

/**
 * What a session does now and then. `greeting`: a text that is no JSON, first of all. `dataFirst`: data come before the answer.
 * `lostEnd`: a request to unsubscribe is neither acted on nor answered, so that who subscribes again is told that it has
 * subscribed already.
 */
export const sessionOddities = ['greeting', 'dataFirst', 'lostEnd'] as const;

/** A connection to which nothing was sent for so long is closed, in ms. */
const IDLE = 60_000;
/** Of an address; here each connection has its own. */
const MESSAGES = 2_000;
const MINUTE = 60_000;

/** One connection. */
export class HyperliquidSession extends TopicSession<SpecVenueHost> {
  #saidAt: number;
  readonly #pace = new SlidingWindow(MESSAGES, MINUTE);

  constructor(config: SessionConfig, host: SpecVenueHost, connection: SimulatedConnection) {
    super(config, host, connection);
    this.#saidAt = host.now();
  }

  override begin(): void {
    if (this.host.oddities.take('greeting', this.url) !== undefined) this.send('Websocket connection established.');
  }

  pulse(now: number): void {
    if (now - this.#saidAt >= IDLE) this.close(1000, 'Inactive');
  }

  protected hear(text: string): void {
    if (!this.#pace.admits(this.host.now())) this.host.violated('messages', this.id);
    const { method, subscription } = parseRecord(text) ?? {};
    const asked = askedIn(subscription);
    if (method === 'ping') this.#say('pong');
    else if (asked === undefined) this.#say('error', `Error parsing JSON into valid websocket request: ${text}`);
    else if (method === 'subscribe') this.#subscribe(asked, JSON.stringify(subscription));
    else this.#unsubscribe(asked, JSON.stringify(subscription));
  }

  protected override transmit(text: string): void {
    this.#saidAt = this.host.now();
    super.transmit(text);
  }

  #subscribe(asked: Asked, words: string): void {
    const topic = topicOf(asked);
    const { faults, oddities } = this.host;
    const stream = streamOf(asked, this.host);
    if (stream === undefined) this.#say('error', `Invalid subscription ${words}`);
    else if (this.has(topic)) this.#say('error', `Already subscribed: ${words}`);
    else {
      const isLate = oddities.take('dataFirst', topic) !== undefined;
      if (isLate) this.join(topic, () => stream);
      if (faults.take('ackNever', topic) === undefined) this.#answer('subscribe', asked);
      if (!isLate) this.join(topic, () => stream);
    }
  }

  #unsubscribe(asked: Asked, words: string): void {
    const topic = topicOf(asked);
    if (this.host.oddities.take('lostEnd', topic) !== undefined) return;
    if (this.leave(topic)) this.#answer('unsubscribe', asked);
    else this.#say('error', `Already unsubscribed: ${words}`);
  }

  /** With its defaults written out. */
  #answer(method: string, { type, coin, ...how }: Asked): void {
    this.#say('subscriptionResponse', { method, subscription: { type, coin, ...(type === 'l2Book' ? how : {}) } });
  }

  #say(channel: string, data?: unknown): void {
    this.send(JSON.stringify({ channel, data }));
  }
}

function askedIn(subscription: unknown): Asked | undefined {
  if (!isRecord(subscription)) return undefined;
  const { type, coin, fast = false, nSigFigs = null, mantissa = null } = subscription;
  if (typeof type !== 'string' || typeof coin !== 'string' || typeof fast !== 'boolean') return undefined;
  if (!isNumberOrNull(nSigFigs) || !isNumberOrNull(mantissa)) return undefined;
  return { type, coin, fast, nSigFigs, mantissa };
}

const isNumberOrNull = (value: unknown): value is number | null => value === null || typeof value === 'number';
