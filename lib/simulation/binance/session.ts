import type { SimulatedConnection } from '../simulatedVenue.js';
import { SlidingWindow } from '../slidingWindow.js';
import { commandOf, type Command } from './command.js';
import type { Broadcast } from '../broadcast.js';
import type { BroadcastListener } from '../broadcaster.js';
import type { BinanceLimits } from './limits.js';
import { Lifetime } from './lifetime.js';
import { isSilentStream } from './silentStreams.js';
import type { SocketPath } from './socketPath.js';
import { streamNameOf, type BinanceMarket, type StreamName } from './streamName.js';
import { inMicroseconds } from './timeUnit.js';
import { VenueSession, type SessionConfig, type SessionHost } from '../venueSession.js';

/** What a session needs of its venue. */
export interface BinanceHost extends SessionHost<keyof BinanceLimits> {
  readonly market: BinanceMarket;
  readonly limits: BinanceLimits;
  /** How errors are written: as documented, or wrapped as they have been seen. */
  readonly errors: 'flat' | 'nested';
  /** How many acknowledgements come after the next data, in [0, 1]. */
  readonly lateAcks: number;
  /** Whether acknowledgements may wait for the next pulse: there will be one. */
  pulses(): boolean;
  hears(stream: string, name: StreamName, listener: BroadcastListener): boolean;
  leaves(stream: string, listener: BroadcastListener): void;
}

/** One connection. */
export class Session extends VenueSession<BinanceHost> {
  private combined: boolean;
  private acks: string[] = [];
  private readonly streams = new Set<string>();
  private readonly pace: SlidingWindow;
  private readonly lifetime: Lifetime;

  constructor(
    private readonly config: SessionConfig & SocketPath,
    host: BinanceHost,
    connection: SimulatedConnection,
  ) {
    super(config, host, connection);
    this.combined = config.combined;
    this.lifetime = new Lifetime(host.limits, host.now());
    this.pace = new SlidingWindow(host.limits.messagesPerSecond, 1_000);
  }

  protected get subscriptions(): readonly string[] {
    return [...this.streams];
  }

  /** Subscribes without an answer. */
  override begin(): void {
    this.subscribe(this.config.streams);
  }

  /** Obeys a command. */
  protected hear(text: string): void {
    if (!this.keepsPace()) return;
    const { bytesPerMessage } = this.host.limits;
    // A UTF-16 unit takes at most three bytes: most messages need no counting.
    if (text.length * 3 > bytesPerMessage && new TextEncoder().encode(text).length > bytesPerMessage) {
      this.violate('bytesPerMessage', 1008, 'Message too big');
      return;
    }
    this.obey(commandOf(text));
  }

  override control(kind: 'ping' | 'pong'): void {
    super.control(kind);
    if (!this.hears()) return;
    if (kind === 'pong') this.lifetime.answered();
    this.keepsPace();
  }

  /** What time brings: late acknowledgements, pings, the end of a long life. */
  pulse(now: number): void {
    const { acks } = this;
    this.acks = [];
    for (const ack of acks) this.send(ack);
    for (const due of this.lifetime.due(now)) {
      if (due === 'ping' && this.speaks()) this.connection.ping?.();
      if (due === 'announce' && this.host.market === 'spot') this.warn(now);
      if (due === 'unanswered' && this.connection.ping !== undefined && this.hears()) this.terminate();
      if (due === 'end') this.close(1001, 'The connection has lived its time');
    }
  }

  protected override left(): void {
    for (const stream of this.streams) this.host.leaves(stream, this.deliver);
    this.acks = [];
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
          if (this.streams.delete(stream)) this.host.leaves(stream, this.deliver);
        }
        this.acknowledge(command.id);
        return;
      case 'list':
        this.send(`{"result":${JSON.stringify([...this.streams])},"id":${command.id}}`);
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
      if (this.streams.has(stream)) continue;
      if (this.streams.size >= limits.streamsPerConnection) {
        this.violate('streamsPerConnection', 1008, 'Too many streams');
        return false;
      }
      this.streams.add(stream);
      const name = streamNameOf(market, stream);
      // Unknown symbols and streams of the other half are taken, and stay silent.
      if (name !== undefined && this.carries(name)) this.host.hears(stream, name, this.deliver);
    }
    return true;
  }

  private carries({ socket }: StreamName): boolean {
    return this.config.socket === 'any' || this.config.socket === socket;
  }

  private isStream(stream: string): boolean {
    return streamNameOf(this.host.market, stream) !== undefined || isSilentStream(this.host.market, stream);
  }

  private acknowledge(id: string): void {
    const ack = `{"result":null,"id":${id}}`;
    const late = this.random() < this.host.lateAcks && this.host.pulses();
    if (late || this.acks.length > 0) this.acks.push(ack);
    else this.send(ack);
  }

  private warn(now: number): void {
    this.send(this.framed('!serverShutdown', `{"e":"serverShutdown","E":${now}}`));
  }

  /** An event as this connection wants it. */
  private framed(stream: string, event: string): string {
    const data = this.config.timeUnit === 'microsecond' ? inMicroseconds(event) : event;
    return this.combined ? `{"stream":"${stream}","data":${data}}` : data;
  }

  private reject(code: number, msg: string, id: string | undefined): void {
    const text = `"code":${code},"msg":${JSON.stringify(msg)}`;
    const tail = id === undefined ? '' : `,"id":${id}`;
    this.send(this.host.errors === 'flat' ? `{${text}${tail}}` : `{"error":{${text}}${tail}}`);
  }

  private readonly deliver = (broadcast: Broadcast, payload: string): void => {
    const { stream, diff } = broadcast;
    const framed = (data: string): string => this.framed(stream, data);
    if (!this.speaks()) return;
    const crossed = (): string | undefined => {
      const crossed = broadcast.cross?.(payload);
      return crossed === undefined ? undefined : framed(crossed);
    };
    const text = framed(payload);
    this.pass(broadcast.cross === undefined ? { stream, diff, text } : { stream, diff, text, crossed });
  };

  private keepsPace(): boolean {
    if (this.pace.admits(this.host.now())) return true;
    this.violate('messagesPerSecond', 1008, 'Too many requests');
    return false;
  }
}
