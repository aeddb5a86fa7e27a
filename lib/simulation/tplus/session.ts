import type { FaultSchedule } from '../faults/faultSchedule.js';
import { Mangler } from '../faults/mangler.js';
import type { Struck } from '../faults/strike.js';
import type { Broadcast } from '../broadcast.js';
import type { Random } from '../random.js';
import type { ConnectionStats, ServerSide, SimulatedConnection } from '../simulatedVenue.js';
import type { TplusLimits } from './limits.js';
import { channelNames, type TplusStream } from './paths.js';

export interface SessionHost {
  readonly limits: TplusLimits;
  readonly faults: FaultSchedule;
  now(): number;
  /** Begins the stream of a session; returns what ends it. Nothing where there is no such market. */
  hears(session: Session): (() => void) | undefined;
  /** The same diff of another market, if there is one. */
  foreign(session: Session): string | undefined;
  gone(session: Session): void;
}

export interface SessionConfig {
  readonly id: number;
  readonly url: string;
  readonly stream: TplusStream;
  /** Whose stream it is; absent on public ones. */
  readonly user?: string | undefined;
  /** Whether it is acknowledged. */
  readonly acks: boolean;
  readonly random: Random;
}

/** One connection, which is one stream: it speaks and does not listen. */
export class Session implements ServerSide, Struck {
  readonly id: number;
  readonly url: string;
  private isOpen = true;
  private frozen = false;
  private silentUntil = 0;
  private received = 0;
  private sent = 0;
  private pinged: number;
  private texts: readonly string[] = [];
  private leave: (() => void) | undefined;
  private readonly mangler: Mangler;

  constructor(
    readonly config: SessionConfig,
    private readonly host: SessionHost,
    private readonly connection: SimulatedConnection,
  ) {
    this.id = config.id;
    this.url = config.url;
    this.pinged = host.now();
    this.mangler = new Mangler(host.faults, config.random, (text) => {
      this.send(text);
    });
  }

  get stats(): ConnectionStats {
    const { id, url, isOpen: open, received, texts, sent } = this;
    return { id, url, open, received, texts, sent, subscriptions: this.leave === undefined ? [] : [url] };
  }

  begin(): void {
    if (!this.isOpen) return;
    const { kind } = this.config.stream;
    const isAcknowledged = this.config.acks && this.host.faults.take('ackNever', this.url) === undefined;
    if (isAcknowledged) {
      this.send(`{"type":"subscriptions","channels":[{"name":"${channelNames[kind]}"}],"errors":null}`);
    }
    this.leave = this.host.hears(this);
  }

  /** What a client says on a data stream is passed over. */
  receive(text: string): void {
    if (!this.isOpen || this.frozen) return;
    this.received += 1;
    this.texts = [...this.texts.slice(-199), text];
  }

  control(kind: 'ping' | 'pong'): void {
    if (this.isOpen && !this.frozen && kind === 'ping') this.connection.pong?.();
  }

  pulse(now: number): void {
    if (now - this.pinged < this.host.limits.pingEvery) return;
    this.pinged = now;
    if (!this.speaks()) return;
    this.connection.ping?.();
    this.send('{"type":"ping"}');
  }

  /** The session's token is none any more. */
  expel(): void {
    this.send('{"type":"subscriptions","channels":[],"errors":"unauthorized"}');
    this.close(1008, 'unauthorized');
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
    this.leave?.();
    this.leave = undefined;
    this.host.gone(this);
  }

  /** A frame of a public stream. */
  readonly deliver = (broadcast: Broadcast, payload: string): void => {
    if (!this.speaks()) return;
    const { stream, diff } = broadcast;
    if (diff && this.host.faults.take('foreignFrame', stream) !== undefined) {
      const foreign = this.host.foreign(this);
      if (foreign !== undefined) this.send(foreign);
    }
    const crossed = (): string | undefined => broadcast.cross?.(payload);
    const frame = { stream, diff, text: payload };
    this.mangler.pass(broadcast.cross === undefined ? frame : { ...frame, crossed });
  };

  /** A frame of a user's stream. */
  readonly tell = (text: string): void => {
    if (this.speaks()) this.mangler.pass({ stream: this.url, diff: false, text });
  };

  private send(text: string): void {
    if (!this.speaks()) return;
    this.sent += 1;
    this.connection.send(text);
  }

  private speaks(): boolean {
    return this.isOpen && !this.frozen && this.host.now() >= this.silentUntil;
  }
}
