import type { OutgoingFrame } from '../../../../lib/simulation/faults/mangler.js';
import { parseRecord } from '../../../../lib/simulation/parseRecord.js';
import type { SimulatedConnection } from '../../../../lib/simulation/simulatedVenue.js';
import { TopicSession } from '../../../../lib/simulation/topics/topicSession.js';
import type { SessionConfig } from '../../../../lib/simulation/venueSession.js';
import { between } from '../../chaosDraw.js';
import type { SpecVenueHost } from '../specVenue.js';
import { type BitfinexFields, type BitfinexSource, streamOf, topicOf } from './streams.js';

const [NUMBERS, CHECKSUMS] = [65_536, 131_072];
/** Channels on one connection (docs, ws-public), and after how long a channel without data says so, in ms. */
const CHANNELS = 25;
const HEARTBEAT = 15_000;

interface Channel {
  readonly id: number;
  toldAt: number;
  /** Its answer, while that is held back. */
  answer?: { readonly text: string; readonly due: number } | undefined;
}

/** One connection. Every list of it is numbered where that is asked for, whatever its channel. */
export class BitfinexSession extends TopicSession<SpecVenueHost> {
  readonly #channels = new Map<string, Channel>();
  #nextId: number;
  #flags = 0;
  #number = 0;
  /** How often it skips a number at most: one who is subscribed anew for each would be so without end. */
  #skips = 8;
  #pausedUntil = 0;
  /** Some sessions have more at the end of each list. */
  readonly #more: string;

  constructor(
    config: SessionConfig,
    host: SpecVenueHost,
    connection: SimulatedConnection,
    private readonly sources: ReadonlyMap<string, BitfinexSource>,
  ) {
    super(config, host, connection);
    this.#nextId = between(this.random, 1, 300_000);
    this.#more = this.random() < 0.25 ? `,${host.now()},"book"` : '';
  }

  override begin(): void {
    this.#say({ event: 'info', version: 2, serverId: `s${this.id}`, platform: { status: 1 } });
  }

  pulse(now: number): void {
    const { oddities } = this.host;
    if (oddities.take('restart', this.url) !== undefined) this.#say({ event: 'info', code: 20_051, msg: 'restarting' });
    // What is lost at the same time would leave no trace.
    if (this.speaks() && oddities.take('numbersAnew', this.url) !== undefined) this.#number = 0;
    const pause = this.#pausedUntil > 0 ? undefined : oddities.take('pause', this.url);
    if (pause !== undefined) {
      this.#pausedUntil = now + pause.delay;
      // Who is told of it may leave at once.
      if (this.random() < 0.5) this.#say({ event: 'info', code: 20_060, msg: 'pause' });
    } else if (this.#pausedUntil > 0 && now >= this.#pausedUntil && this.speaks()) {
      // Nothing else tells of what was not told: it is said by who can be heard.
      this.#pausedUntil = 0;
      this.#say({ event: 'info', code: 20_061, msg: 'resumed' });
    }
    for (const [topic, channel] of [...this.#channels]) {
      if (channel.answer !== undefined && now >= channel.answer.due) this.#answer(topic, channel, channel.answer.text);
      else if (now - channel.toldAt >= HEARTBEAT || channel.answer !== undefined)
        this.pass({ stream: `hb ${topic}`, diff: false, text: this.framed(topic, '"hb"') });
    }
  }

  protected override framed(topic: string, payload: string): string {
    const channel = this.#channels.get(topic);
    if (channel === undefined || this.#pausedUntil > 0) return '';
    if (payload.startsWith('"cs"') && (this.#flags & CHECKSUMS) === 0) return '';
    channel.toldAt = this.host.now();
    if ((this.#flags & NUMBERS) === 0) return `[${channel.id},${payload}]`;
    const isSkipping = this.#skips > 0 && this.host.oddities.take('skippedNumber', this.url) !== undefined;
    if (isSkipping) this.#skips -= 1;
    this.#number += isSkipping ? 2 : 1;
    return `[${channel.id},${payload},${this.#number}${this.#more}]`;
  }

  protected override pass(frame: OutgoingFrame): void {
    if (frame.text !== '') super.pass(frame);
  }

  protected hear(text: string): void {
    const { event, ...fields } = parseRecord(text) ?? {};
    const { channel, symbol, chanId, flags, cid } = fields;
    if (event === 'ping') this.#say({ event: 'pong', ts: this.host.now(), cid });
    else if (event === 'conf' && typeof flags === 'number') {
      this.#flags = flags;
      this.#say({ event: 'conf', status: 'OK', flags });
    } else if (event === 'unsubscribe') this.#end(chanId);
    else if (event !== 'subscribe') this.#refuse(fields, 10_000, 'unknown event');
    else if (typeof channel === 'string' && typeof symbol === 'string') this.#begin({ ...fields, channel, symbol });
    else this.#refuse(fields, 10_300, 'subscribe: invalid');
  }

  #begin(fields: BitfinexFields): void {
    const { faults, oddities, now } = this.host;
    const topic = topicOf(fields);
    const source =
      faults.take('unknownSymbol', fields.symbol) === undefined ? this.sources.get(fields.symbol) : undefined;
    const stream = source && streamOf(fields, source);
    if (source === undefined) this.#refuse(fields, 10_300, 'symbol: invalid');
    else if (stream === undefined) this.#refuse(fields, 10_302, 'unknown channel');
    else if (this.#channels.has(topic)) this.#refuse(fields, 10_301, 'subscribe: dup');
    else if (this.#channels.size >= CHANNELS) {
      this.host.violated('channels', this.id);
      this.#refuse(fields, 10_305, 'subscribe: limit');
    } else {
      this.#nextId += between(this.random, 1, 9);
      const channel: Channel = { id: this.#nextId, toldAt: now() };
      this.#channels.set(topic, channel);
      const pair = fields.symbol.slice(1);
      const answer = JSON.stringify({ event: 'subscribed', ...fields, chanId: channel.id, pair });
      if (faults.take('ackNever', topic) !== undefined) this.join(topic, () => stream);
      else if (oddities.take('earlyData', topic) !== undefined) {
        this.join(topic, () => stream);
        channel.answer = { text: answer, due: now() + between(this.random, 1, 3_000) };
      } else if (oddities.take('lateAnswer', topic) !== undefined)
        channel.answer = { text: answer, due: now() + between(this.random, 1, 8_000) };
      else this.#answer(topic, channel, answer);
    }
  }

  /** Data begin behind the answer, if they have not yet. */
  #answer(topic: string, channel: Channel, text: string): void {
    channel.answer = undefined;
    this.send(text);
    const fields = parseRecord(text);
    const { channel: kind, symbol } = fields ?? {};
    if (this.has(topic) || typeof kind !== 'string' || typeof symbol !== 'string') return;
    const source = this.sources.get(symbol);
    const stream = source && streamOf({ ...fields, channel: kind, symbol }, source);
    if (stream !== undefined) this.join(topic, () => stream);
  }

  #end(chanId: unknown): void {
    const [topic] = [...this.#channels].find(([, { id }]) => id === chanId) ?? [];
    if (topic === undefined) {
      this.#refuse({ chanId }, 10_401, 'unsubscribe: invalid');
      return;
    }
    this.leave(topic);
    this.#channels.delete(topic);
    if (this.host.faults.take('ackNever', topic) === undefined)
      this.#say({ event: 'unsubscribed', status: 'OK', chanId });
  }

  #refuse(fields: object, code: number, msg: string): void {
    this.#say({ ...fields, event: 'error', msg, code });
  }

  #say(event: object): void {
    this.send(JSON.stringify(event));
  }
}
