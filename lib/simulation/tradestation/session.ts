import type { FaultSchedule } from '../faults/faultSchedule.js';
import { Mangler } from '../faults/mangler.js';
import type { Struck } from '../faults/strike.js';
import { between, type Random } from '../random.js';
import type { ConnectionStats, ServerSide, SimulatedConnection } from '../simulatedVenue.js';
import { pathOf, type TradestationStream } from './paths.js';
import { timeText, type StreamSource } from './streamSource.js';

/** A stream, and what it has to say. */
export interface Heard {
  readonly stream: TradestationStream;
  readonly source: StreamSource;
}

export interface SessionHost {
  readonly faults: FaultSchedule;
  readonly heartbeatEvery: number;
  now(): number;
  /** What is said on a stream; an error frame where there is no such thing. */
  heard(path: string): Heard | string;
  gone(session: Session): void;
}

export interface SessionConfig {
  readonly id: number;
  /** The address: of a stream, or of the WebSocket that one is asked for on. */
  readonly url: string;
  readonly isSocket: boolean;
  readonly random: Random;
}

/** One connection, which is one stream: lines cut into chunks anywhere, or objects in frames of a WebSocket. */
export class Session implements ServerSide, Struck {
  readonly url: string;
  stream: TradestationStream | undefined;
  private source: StreamSource | undefined;
  private wireId = '';
  private isOpen = true;
  private frozen = false;
  private mute = false;
  private silentUntil = 0;
  private received = 0;
  private sent = 0;
  private spokeAt: number;
  private beats = 0;
  private texts: readonly string[] = [];
  private readonly mangler: Mangler;

  constructor(
    readonly config: SessionConfig,
    private readonly host: SessionHost,
    private readonly connection: SimulatedConnection,
  ) {
    this.url = config.url;
    this.spokeAt = host.now();
    this.mangler = new Mangler(host.faults, config.random, (text) => {
      this.send(text);
    });
  }

  get stats(): ConnectionStats {
    const { url, isOpen: open, received, texts, sent } = this;
    return {
      id: this.config.id,
      url,
      open,
      received,
      texts,
      sent,
      subscriptions: this.source === undefined ? [] : [url],
    };
  }

  /** Speaks from now on. */
  begin(path: string, found: Heard | string): void {
    if (!this.isOpen || this.source !== undefined) return;
    if (typeof found === 'string') {
      this.send(found);
      return;
    }
    this.stream = found.stream;
    this.source = found.source;
    this.mute = this.host.faults.take('silentStream', path) !== undefined;
    if (this.mute) return;
    for (const line of found.source.begin(this.host.now())) this.say(line);
    const { kind } = found.stream;
    if (kind === 'orders' || kind === 'positions') this.send('{"StreamStatus":"EndSnapshot"}');
  }

  receive(text: string): void {
    if (!this.isOpen || this.frozen) return;
    this.received += 1;
    this.texts = [...this.texts.slice(-199), text];
    if (!this.config.isSocket) return;
    const message = JSON.parse(text) as {
      readonly action?: string;
      readonly id?: string;
      readonly stream?: string;
      readonly params?: Readonly<Record<string, unknown>>;
    };
    if (message.action === 'unsubscribe') this.close(1000, 'unsubscribed');
    else {
      this.wireId = String(message.id);
      const path = pathOf(String(message.stream), message.params ?? {});
      this.begin(path, this.host.heard(path));
    }
  }

  control(kind: 'ping' | 'pong'): void {
    if (this.isOpen && !this.frozen && kind === 'ping') this.connection.pong?.();
  }

  /** Says what has come, and now and then that there is nothing. */
  pulse(now: number, hurried: boolean): void {
    const { source, host, url } = this;
    if (source === undefined || this.mute) return;
    // Asked whether or not anybody hears it: what was said into silence is not said again.
    const lines = source.pulse(now);
    for (const line of lines) this.say(line);
    if (hurried || !this.isOpen) return;
    if (host.faults.take('goAway', url) !== undefined) this.end(this.isBrokerage() ? GO_AWAY[0] : GO_AWAY[1]);
    else if (host.faults.take('dualLogon', url) !== undefined) this.end('{"Error":"DualLogon"}');
    else if (host.faults.take('halfLine', url) !== undefined) {
      if (this.speaks()) this.connection.send('{"Symbol":"MS');
      this.terminate();
    } else if (now - this.spokeAt >= host.heartbeatEvery) {
      this.beats += 1;
      this.send(`{"Heartbeat":${this.beats},"Timestamp":"${timeText(now)}"}`);
    }
  }

  silence(until: number): void {
    this.silentUntil = Math.max(this.silentUntil, until);
  }

  freeze(): void {
    this.frozen = true;
    this.connection.freeze?.();
  }

  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    if (!this.frozen) this.connection.close(code, reason);
    this.closed();
  }

  terminate(): void {
    if (!this.isOpen) return;
    if (!this.frozen) this.connection.terminate();
    this.closed();
  }

  closed(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.host.gone(this);
  }

  private isBrokerage(): boolean {
    return this.stream?.kind === 'orders' || this.stream?.kind === 'positions';
  }

  private end(line: string): void {
    this.send(line);
    this.close(1000, 'the stream is over');
  }

  private say(text: string): void {
    if (!this.speaks()) return;
    const { source, stream } = this;
    if (stream?.kind === 'orders' && this.host.faults.take('missingOrders', this.url) !== undefined) return;
    const crossed = (): string | undefined => source?.cross?.(text);
    // Nothing in a stream is numbered: no frame may be lost by itself without being asked for by name.
    this.mangler.pass({ stream: this.url, diff: false, text, ...(source?.cross !== undefined && { crossed }) });
  }

  private send(line: string): void {
    if (!this.speaks()) return;
    this.sent += 1;
    this.spokeAt = this.host.now();
    const { connection, config } = this;
    if (config.isSocket) {
      connection.send(`{"id":${JSON.stringify(this.wireId)},"data":${line}}`);
      return;
    }
    // Cut anywhere, in the midst of a key too.
    const text = `${line}\n`;
    const cut = between(config.random, 0, text.length);
    for (const piece of [text.slice(0, cut), text.slice(cut)]) if (piece !== '') connection.send(piece);
  }

  private speaks(): boolean {
    return this.isOpen && !this.frozen && this.host.now() >= this.silentUntil;
  }
}

/** The two shapes of one announcement. */
const GO_AWAY = [
  '{"StreamStatus":"GoAway"}',
  '{"Error":"GoAway","Message":"The server is about to shut down."}',
] as const;
