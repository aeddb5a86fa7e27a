import type { Broadcast } from '../broadcast.js';
import type { SimulatedConnection } from '../simulatedVenue.js';
import { VenueSession, type SessionConfig, type SessionHost } from '../venueSession.js';
import type { TplusLimits } from './limits.js';
import { channelNames, type TplusStream } from './paths.js';

/** What a session needs of its venue. */
export interface TplusHost extends SessionHost {
  readonly limits: TplusLimits;
  /** Whether streams are acknowledged. */
  readonly acks: boolean;
  /** Begins the stream of a session; returns what ends it. Nothing where there is no such market. */
  hears(session: Session): (() => void) | undefined;
  /** The same diff of another market, if there is one. */
  foreign(session: Session): string | undefined;
}

export interface TplusSessionConfig extends SessionConfig {
  readonly stream: TplusStream;
  /** Whose stream it is; absent on public ones. */
  readonly user?: string | undefined;
}

/** One connection, which is one stream: it speaks and does not listen. */
export class Session extends VenueSession<TplusHost> {
  private pinged: number;
  private leave: (() => void) | undefined;

  constructor(
    readonly config: TplusSessionConfig,
    host: TplusHost,
    connection: SimulatedConnection,
  ) {
    super(config, host, connection);
    this.pinged = host.now();
  }

  protected get subscriptions(): readonly string[] {
    return this.leave === undefined ? [] : [this.url];
  }

  override begin(): void {
    const { kind } = this.config.stream;
    const isAcknowledged = this.host.acks && this.host.faults.take('ackNever', this.url) === undefined;
    if (isAcknowledged) {
      this.send(`{"type":"subscriptions","channels":[{"name":"${channelNames[kind]}"}],"errors":null}`);
    }
    this.leave = this.host.hears(this);
  }

  /** What a client says on a data stream is passed over. */
  protected hear(): void {
    // It has nothing to say that matters.
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

  protected override left(): void {
    this.leave?.();
    this.leave = undefined;
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
    this.pass(broadcast.cross === undefined ? frame : { ...frame, crossed });
  };

  /** A frame of a user's stream. */
  readonly emit = (text: string): void => {
    if (this.speaks()) this.pass({ stream: this.url, diff: false, text });
  };
}
