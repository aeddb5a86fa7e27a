import { isRecord, parseRecord } from '../../../../lib/simulation/parseRecord.js';
import type { SimulatedConnection } from '../../../../lib/simulation/simulatedVenue.js';
import { TopicSession } from '../../../../lib/simulation/topics/topicSession.js';
import type { SessionConfig } from '../../../../lib/simulation/venueSession.js';
import type { SpecVenueHost } from '../specVenue.js';
import { Credits } from './credits.js';
import { streamOf } from './streams.js';

/**
 * What a session does now and then. `dataFirst`: data come before the answer. `tooMany`: a request about subscriptions is
 * refused for the time being. `lostEnd`: a request to unsubscribe is neither acted on nor answered.
 */
export const sessionOddities = ['dataFirst', 'tooMany', 'lostEnd'] as const;

/** The least that may be asked for, in s. */
const LEAST_INTERVAL = 10;
const TOO_MANY = { code: 10_028, message: 'too_many_requests', data: null };

/** One connection. */
export class DeribitSession extends TopicSession<SpecVenueHost> {
  readonly #subscribing: Credits;
  readonly #others: Credits;
  /** In ms; 0 before it is asked for. */
  #heartbeat = 0;
  #due = Infinity;
  /** Whether a test that was requested is yet to come. */
  #isTested = false;

  constructor(config: SessionConfig, host: SpecVenueHost, connection: SimulatedConnection) {
    super(config, host, connection);
    const now = host.now();
    this.#subscribing = new Credits({ pool: 30_000, cost: 3_000, refill: 10_000 }, now);
    this.#others = new Credits({ pool: 50_000, cost: 500, refill: 10_000 }, now);
  }

  pulse(now: number): void {
    if (now < this.#due) return;
    if (this.#isTested) {
      this.close(1000, 'heartbeat');
      return;
    }
    this.#due = now + this.#heartbeat;
    this.#isTested = true;
    for (const type of ['heartbeat', 'test_request'])
      this.send(JSON.stringify({ jsonrpc: '2.0', method: 'heartbeat', params: { type } }));
  }

  protected hear(text: string): void {
    const { id, method, params } = parseRecord(text) ?? {};
    const asked = isRecord(params) ? params : {};
    const isSubscribing = method === 'public/subscribe' || method === 'public/unsubscribe';
    const credits = isSubscribing ? this.#subscribing : this.#others;
    if (!credits.spend(this.host.now())) {
      this.host.violated(isSubscribing ? 'subscribing' : 'requests', this.id);
      this.#answer(id, { error: TOO_MANY });
    } else if (isSubscribing) this.#topics(method, id, asked['channels']);
    else if (method === 'public/set_heartbeat') this.#beat(id, asked['interval']);
    else if (method === 'public/test') {
      this.#isTested = false;
      this.#answer(id, { result: { version: '1.2.26' } });
    } else this.#answer(id, { error: { code: -32_601, message: 'Method not found' } });
  }

  #beat(id: unknown, interval: unknown): void {
    if (typeof interval !== 'number' || interval < LEAST_INTERVAL) this.#refuse(id, 'interval');
    else {
      this.#heartbeat = interval * 1_000;
      this.#due = this.host.now() + this.#heartbeat;
      this.#answer(id, { result: 'ok' });
    }
  }

  #topics(method: string, id: unknown, channels: unknown): void {
    const { faults, oddities } = this.host;
    if (!isTexts(channels)) this.#refuse(id, 'channels');
    else if (oddities.take('tooMany', channels.join()) !== undefined) this.#answer(id, { error: TOO_MANY });
    else if (method === 'public/unsubscribe') {
      if (oddities.take('lostEnd', channels.join()) !== undefined) return;
      for (const channel of channels) this.leave(channel);
      this.#answer(id, { result: channels });
    } else if (channels.some((channel) => channel.endsWith('.raw')))
      this.#answer(id, { error: { code: 13_778, message: 'raw_subscriptions_not_available_for_unauthorized' } });
    else {
      // In any order, and without a word of what was refused.
      const taken = channels.filter((channel) => streamOf(channel, this.host) !== undefined).reverse();
      const isSilent = channels.some((channel) => faults.take('ackNever', channel) !== undefined);
      const isLate = oddities.take('dataFirst', channels.join()) !== undefined;
      if (isLate) this.#begin(taken);
      if (!isSilent) this.#answer(id, { result: taken });
      if (!isLate) this.#begin(taken);
    }
  }

  /** One that is subscribed already goes on as it was. */
  #begin(channels: readonly string[]): void {
    for (const channel of channels) {
      const stream = streamOf(channel, this.host);
      if (stream !== undefined && !this.has(channel)) this.join(channel, () => stream);
    }
  }

  #refuse(id: unknown, param: string): void {
    this.#answer(id, { error: { code: -32_602, message: 'Invalid params', data: { reason: 'wrong format', param } } });
  }

  #answer(id: unknown, words: object): void {
    const us = this.host.now() * 1_000;
    this.send(JSON.stringify({ jsonrpc: '2.0', id, ...words, usIn: us, usOut: us + 100, usDiff: 100, testnet: false }));
  }
}

const isTexts = (list: unknown): list is readonly string[] =>
  Array.isArray(list) && list.every((one) => typeof one === 'string');
