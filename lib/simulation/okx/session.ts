import { isRecord, parseRecord } from '../parseRecord.js';
import type { SimulatedConnection } from '../simulatedVenue.js';
import { SlidingWindow } from '../slidingWindow.js';
import type { TopicBroadcast } from '../topics/topicBroadcast.js';
import { type TopicHost, TopicSession } from '../topics/topicSession.js';
import type { SessionConfig } from '../venueSession.js';
import type { OkxLimits } from './limits.js';
import type { OkxArg } from './streams.js';

const HOUR = 3_600_000;
/** As long after its notice an upgrade closes a connection, in ms. */
const UPGRADE_AFTER = 60_000;
/** They need the login of a VIP account, which nobody has here. */
const VIP = ['books-l2-tbt', 'books50-l2-tbt'];

/** What a session needs of its venue. */
export interface OkxHost extends TopicHost<keyof OkxLimits> {
  readonly limits: OkxLimits;
  /** Whether it denies an instrument for the time being. */
  isDenied(instId: string): boolean;
  streamOf(arg: OkxArg, isBusiness: boolean): TopicBroadcast | undefined;
}

/** One connection. */
export class OkxSession extends TopicSession<OkxHost> {
  #movedAt: number;
  readonly #pace: SlidingWindow;
  readonly #isBusiness: boolean;
  /** When it is closed for the upgrade that was told. */
  #endsAt = Infinity;

  constructor(config: SessionConfig, host: OkxHost, connection: SimulatedConnection) {
    super(config, host, connection);
    this.#movedAt = host.now();
    this.#pace = new SlidingWindow(host.limits.requestsPerHour, HOUR);
    this.#isBusiness = config.url.includes('/business');
  }

  pulse(now: number): void {
    const upgrade = this.host.faults.take('serviceUpgrade', this.url);
    if (upgrade !== undefined) {
      this.#endsAt = Math.min(this.#endsAt, now + (upgrade.delay ?? UPGRADE_AFTER));
      const msg = 'The connection will soon be closed for a service upgrade. Please reconnect.';
      this.send(JSON.stringify({ event: 'notice', code: '64008', msg, connId: `c${this.id}` }));
    }
    if (now >= this.#endsAt) this.close(1001, 'service upgrade');
    if (now - this.#movedAt >= this.host.limits.idleTimeout) this.close(4004, 'No data received in 30s');
  }

  protected hear(text: string): void {
    const now = this.host.now();
    this.#movedAt = now;
    if (text === 'ping') {
      this.send('pong');
      return;
    }
    const { op, args, id } = parseRecord(text) ?? {};
    const { requestBytes } = this.host.limits;
    if ((op !== 'subscribe' && op !== 'unsubscribe') || !Array.isArray(args) || text.length > requestBytes) {
      if (text.length > requestBytes) this.host.violated('requestBytes', this.id);
      this.#refuse(id, '60012', `Invalid request: ${text.slice(0, 100)}`);
    } else if (!this.#pace.admits(now)) {
      this.host.violated('requestsPerHour', this.id);
      this.#refuse(id, '60014', 'Requests too frequent');
    } else for (const arg of args as readonly unknown[]) this.#obey(op, arg, id);
  }

  protected override transmit(text: string): void {
    this.#movedAt = this.host.now();
    super.transmit(text);
  }

  #obey(op: 'subscribe' | 'unsubscribe', arg: unknown, id: unknown): void {
    const { channel, instId } = isRecord(arg) ? arg : {};
    if (typeof channel !== 'string' || typeof instId !== 'string') {
      this.#refuse(id, '60012', 'Invalid request: no channel, no instId');
      return;
    }
    const own: OkxArg = { channel, instId };
    const topic = `${channel}:${instId}`;
    if (op === 'unsubscribe') {
      this.leave(topic);
      this.#answer(op, own, id);
      return;
    }
    const stream = this.host.isDenied(instId) ? undefined : this.host.streamOf(own, this.#isBusiness);
    if (VIP.includes(channel)) this.#refuse(id, '60011', 'Please log in');
    else if (stream === undefined)
      this.#refuse(id, '60018', `Wrong URL or channel:${channel},instId:${instId} doesn't exist.`);
    else {
      if (this.host.faults.take('ackNever', topic) === undefined) this.#answer(op, own, id);
      // Subscribing twice is answered again, and begins nothing.
      if (!this.has(topic)) this.join(topic, () => stream);
    }
  }

  #answer(event: string, arg: OkxArg, id: unknown): void {
    this.send(JSON.stringify({ id, event, arg, connId: `c${this.id}` }));
  }

  #refuse(id: unknown, code: string, msg: string): void {
    this.send(JSON.stringify({ id, event: 'error', code, msg, connId: `c${this.id}` }));
  }
}
