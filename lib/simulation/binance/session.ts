import type { FaultSchedule } from '../faults/faultSchedule.js';
import type { Struck } from '../faults/strike.js';
import { Mangler } from '../faults/mangler.js';
import type { Random } from '../random.js';
import type { ConnectionStats, ServerSide, SimulatedConnection } from '../simulatedVenue.js';
import { SlidingWindow } from '../slidingWindow.js';
import { commandOf, type Command } from './command.js';
import type { Broadcast } from '../broadcast.js';
import type { BinanceLimits } from './limits.js';
import { Lifetime } from './lifetime.js';
import { streamNameOf, type BinanceMarket, type SocketClass, type StreamName } from './streamName.js';

/** What a session needs of its venue. */
export interface SessionHost {
  readonly market: BinanceMarket;
  readonly limits: BinanceLimits;
  readonly faults: FaultSchedule;
  /** How errors are written: as documented, or wrapped as they have been seen. */
  readonly errors: 'flat' | 'nested';
  now(): number;
  /** Whether acknowledgements may wait for the next pulse: there will be one. */
  pulses(): boolean;
  hears(stream: string, name: StreamName, listener: (broadcast: Broadcast, payload: string) => void): boolean;
  leaves(stream: string, listener: (broadcast: Broadcast, payload: string) => void): void;
  violated(limit: keyof BinanceLimits, connection: number): void;
  gone(session: Session): void;
}

export interface SessionConfig {
  readonly id: number;
  /** Path and query. */
  readonly url: string;
  /** The half of the venue it was opened on; `legacy` carries nothing. Spot has no halves. */
  readonly socket: SocketClass | 'legacy' | 'any';
  /** Whether payloads are wrapped with their stream's name. */
  readonly combined: boolean;
  readonly random: Random;
  /** How many acknowledgements come after the next data, in [0, 1]. */
  readonly lateAcks: number;
}

const TEXTS = 200;

/** One connection. */
export class Session implements ServerSide, Struck {
  readonly id: number;
  readonly url: string;
  private isOpen = true;
  private combined: boolean;
  private frozen = false;
  private silentUntil = 0;
  private received = 0;
  private sent = 0;
  private texts: readonly string[] = [];
  private acks: string[] = [];
  private readonly subscriptions = new Set<string>();
  private readonly pace: SlidingWindow;
  private readonly mangler: Mangler;
  private readonly lifetime: Lifetime;

  constructor(
    private readonly config: SessionConfig,
    private readonly host: SessionHost,
    private readonly connection: SimulatedConnection,
  ) {
    this.id = config.id;
    this.url = config.url;
    this.combined = config.combined;
    this.lifetime = new Lifetime(host.limits, host.now());
    this.pace = new SlidingWindow(host.limits.messagesPerSecond, 1_000);
    this.mangler = new Mangler(host.faults, config.random, (text) => {
      this.send(text);
    });
  }

  get stats(): ConnectionStats {
    const { id, url, isOpen: open, received, texts, sent } = this;
    return { id, url, open, received, texts, sent, subscriptions: [...this.subscriptions] };
  }

  receive(text: string): void {
    if (!this.isOpen || this.frozen) return;
    this.received += 1;
    this.texts = [...this.texts.slice(1 - TEXTS), text];
    if (!this.keepsPace()) return;
    const { bytesPerMessage } = this.host.limits;
    // A UTF-16 unit takes at most three bytes: most messages need no counting.
    if (text.length * 3 > bytesPerMessage && new TextEncoder().encode(text).length > bytesPerMessage) {
      this.violate('bytesPerMessage', 'Message too big');
      return;
    }
    this.obey(commandOf(text));
  }

  control(kind: 'ping' | 'pong'): void {
    if (!this.isOpen || this.frozen) return;
    if (kind === 'pong') this.lifetime.answered();
    else this.connection.pong?.();
    this.keepsPace();
  }

  /** Subscribes without an answer, as the streams named in a URL are. */
  begin(streams: readonly string[]): void {
    if (this.isOpen) this.subscribe(streams);
  }

  /** What time brings: late acknowledgements, pings, the end of a long life. */
  pulse(now: number): void {
    const { acks } = this;
    this.acks = [];
    for (const ack of acks) this.send(ack);
    for (const due of this.lifetime.due(now)) {
      if (due === 'ping' && this.speaks()) this.connection.ping?.();
      if (due === 'announce' && this.host.market === 'spot') this.announce(now);
      if (due === 'unanswered' && this.connection.ping !== undefined && !this.frozen) this.terminate();
      if (due === 'end') this.close(1001, 'The connection has lived its time');
    }
  }

  /** Says nothing until a time. */
  silence(until: number): void {
    this.silentUntil = Math.max(this.silentUntil, until);
  }

  /** Neither says nor hears anything from now on. */
  freeze(): void {
    this.frozen = true;
    this.connection.freeze?.();
  }

  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    // A half-open connection can't be told of its end.
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
    for (const stream of this.subscriptions) this.host.leaves(stream, this.deliver);
    this.acks = [];
    this.host.gone(this);
  }

  private obey(command: Command): void {
    const { faults } = this.host;
    switch (command.type) {
      case 'subscribe': {
        const wrong = command.streams.find((stream) => !this.isStream(stream));
        if (wrong !== undefined) {
          this.reject(2, 'Invalid request: invalid stream', command.id);
          return;
        }
        if (!this.subscribe(command.streams)) return;
        if (faults.take('ackNever', command.streams.join('/')) === undefined) this.acknowledge(command.id);
        return;
      }
      case 'unsubscribe':
        for (const stream of command.streams) {
          if (this.subscriptions.delete(stream)) this.host.leaves(stream, this.deliver);
        }
        this.acknowledge(command.id);
        return;
      case 'list':
        this.send(`{"result":${JSON.stringify([...this.subscriptions])},"id":${command.id}}`);
        return;
      case 'setCombined':
        this.combined = command.combined;
        this.acknowledge(command.id);
        return;
      case 'getCombined':
        this.send(`{"result":${this.combined},"id":${command.id}}`);
        return;
      case 'error':
        this.reject(command.code, command.msg, command.id);
    }
  }

  private subscribe(streams: readonly string[]): boolean {
    const { market, limits } = this.host;
    for (const stream of streams) {
      if (this.subscriptions.has(stream)) continue;
      if (this.subscriptions.size >= limits.streamsPerConnection) {
        this.violate('streamsPerConnection', 'Too many streams');
        return false;
      }
      this.subscriptions.add(stream);
      const name = streamNameOf(market, stream);
      // Unknown symbols and streams of the other half are taken, and stay silent.
      if (name !== undefined && this.carries(name)) this.host.hears(stream, name, this.deliver);
    }
    return true;
  }

  private carries({ socket }: StreamName): boolean {
    return this.config.socket === 'any' || this.config.socket === socket;
  }

  /** Streams over all symbols (`!ticker@arr`) are taken too, but this venue has nothing to say on them. */
  private isStream(stream: string): boolean {
    return stream.startsWith('!') || streamNameOf(this.host.market, stream) !== undefined;
  }

  private acknowledge(id: string): void {
    const ack = `{"result":null,"id":${id}}`;
    const late = this.config.random() < this.config.lateAcks && this.host.pulses();
    if (late || this.acks.length > 0) this.acks.push(ack);
    else this.send(ack);
  }

  private announce(now: number): void {
    const event = `{"e":"serverShutdown","E":${now}}`;
    this.send(this.combined ? `{"stream":"!serverShutdown","data":${event}}` : event);
  }

  private reject(code: number, msg: string, id: string | undefined): void {
    const text = `"code":${code},"msg":${JSON.stringify(msg)}`;
    const tail = id === undefined ? '' : `,"id":${id}`;
    this.send(this.host.errors === 'flat' ? `{${text}${tail}}` : `{"error":{${text}}${tail}}`);
  }

  private readonly deliver = (broadcast: Broadcast, payload: string): void => {
    const { stream, diff } = broadcast;
    const framed = (data: string): string => (this.combined ? `{"stream":"${stream}","data":${data}}` : data);
    if (!this.speaks()) return;
    const crossed = (): string | undefined => {
      const spoilt = broadcast.cross?.(payload);
      return spoilt === undefined ? undefined : framed(spoilt);
    };
    const text = framed(payload);
    this.mangler.pass(broadcast.cross === undefined ? { stream, diff, text } : { stream, diff, text, crossed });
  };

  private send(text: string): void {
    if (!this.speaks()) return;
    this.sent += 1;
    this.connection.send(text);
  }

  private speaks(): boolean {
    return this.isOpen && !this.frozen && this.host.now() >= this.silentUntil;
  }

  private keepsPace(): boolean {
    if (this.pace.admits(this.host.now())) return true;
    this.violate('messagesPerSecond', 'Too many requests');
    return false;
  }

  private violate(limit: keyof BinanceLimits, reason: string): void {
    this.host.violated(limit, this.id);
    this.close(1008, reason);
  }
}
