import { parseRecord, isRecord } from '../parseRecord.js';
import { between } from '../random.js';
import type { SimulatedConnection } from '../simulatedVenue.js';
import { VenueSession, type SessionConfig, type SessionHost } from '../venueSession.js';
import { pathOf, type TradestationStream } from './paths.js';
import { timeText, type StreamSource } from './streamSource.js';

/** A stream, and what it has to say. */
export interface Heard {
  readonly stream: TradestationStream;
  readonly source: StreamSource;
}

/** What a session needs of its venue. */
export interface TradestationHost extends SessionHost {
  readonly heartbeatEvery: number;
  /** What is said on a stream; an error frame where there is no such thing. */
  heard(path: string): Heard | string;
}

export interface TradestationSessionConfig extends SessionConfig {
  /** The stream that was asked for; absent on a WebSocket, where a message asks for it. */
  readonly heard: Heard | undefined;
}

/** One connection, which is one stream: lines cut into chunks anywhere, or objects in frames of a WebSocket. */
export class Session extends VenueSession<TradestationHost> {
  stream: TradestationStream | undefined;
  private source: StreamSource | undefined;
  private wireId = '';
  private mute = false;
  private spokeAt: number;
  private beats = 0;
  private readonly isSocket: boolean;

  constructor(
    private readonly config: TradestationSessionConfig,
    host: TradestationHost,
    connection: SimulatedConnection,
  ) {
    super(config, host, connection);
    this.isSocket = config.heard === undefined;
    this.spokeAt = host.now();
  }

  protected get subscriptions(): readonly string[] {
    return this.source === undefined ? [] : [this.url];
  }

  override begin(): void {
    if (this.config.heard !== undefined) this.follow(this.url, this.config.heard);
  }

  protected hear(text: string): void {
    const message = this.isSocket ? parseRecord(text) : undefined;
    if (message === undefined) return;
    const { action, id, stream, params } = message;
    if (action === 'unsubscribe') {
      this.close(1000, 'unsubscribed');
      return;
    }
    this.wireId = String(id);
    const path = pathOf(String(stream), isRecord(params) ? params : {});
    this.follow(path, this.host.heard(path));
  }

  /** Says what has come, and now and then that there is nothing. */
  pulse(now: number, isHurried: boolean): void {
    const { source, host, url } = this;
    if (source === undefined || this.mute) return;
    // Asked whether or not anybody hears it: what was said into silence is not said again.
    const lines = source.pulse(now);
    for (const line of lines) this.write(line);
    if (isHurried || !this.isOpen) return;
    if (host.faults.take('goAway', url) !== undefined)
      this.end(isBrokerage(this.stream?.kind) ? GO_AWAY[0] : GO_AWAY[1]);
    else if (host.faults.take('dualLogon', url) !== undefined) this.end('{"Error":"DualLogon"}');
    else if (host.faults.take('halfLine', url) !== undefined) {
      if (this.speaks()) this.connection.send('{"Symbol":"MS');
      this.terminate();
    } else if (now - this.spokeAt >= host.heartbeatEvery) {
      this.beats += 1;
      this.send(`{"Heartbeat":${this.beats},"Timestamp":"${timeText(now)}"}`);
    }
  }

  /** Puts a line on the wire, on HTTP cut anywhere, in the midst of a key too. */
  protected override transmit(line: string): void {
    this.spokeAt = this.host.now();
    if (this.isSocket) {
      super.transmit(`{"id":${JSON.stringify(this.wireId)},"data":${line}}`);
      return;
    }
    const text = `${line}\n`;
    const cut = between(this.random, 0, text.length);
    for (const piece of [text.slice(0, cut), text.slice(cut)]) if (piece !== '') super.transmit(piece);
  }

  /** Speaks from now on. */
  private follow(path: string, found: Heard | string): void {
    if (this.source !== undefined) return;
    if (typeof found === 'string') {
      this.send(found);
      return;
    }
    this.stream = found.stream;
    this.source = found.source;
    this.mute = this.host.faults.take('silentStream', path) !== undefined;
    if (this.mute) return;
    for (const line of found.source.begin(this.host.now())) this.write(line);
    const { kind } = found.stream;
    if (isBrokerage(kind)) this.send('{"StreamStatus":"EndSnapshot"}');
  }

  private end(line: string): void {
    this.send(line);
    this.close(1000, 'the stream is over');
  }

  private write(text: string): void {
    if (!this.speaks()) return;
    const { source, stream } = this;
    if (stream?.kind === 'orders' && this.host.faults.take('missingOrders', this.url) !== undefined) return;
    const crossed = (): string | undefined => source?.cross?.(text);
    // Nothing in a stream is numbered: no frame may be lost by itself without being asked for by name.
    this.pass({ stream: this.url, diff: false, text, ...(source?.cross !== undefined && { crossed }) });
  }
}

const isBrokerage = (kind: string | undefined): boolean =>
  kind === 'orders' || kind === 'ordersById' || kind === 'positions';

/** The two shapes of one announcement. */
const GO_AWAY = [
  '{"StreamStatus":"GoAway"}',
  '{"Error":"GoAway","Message":"The server is about to shut down."}',
] as const;
