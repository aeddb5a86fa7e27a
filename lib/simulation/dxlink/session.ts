import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { parseRecord } from '../parseRecord.js';
import type { SimulatedConnection } from '../simulatedVenue.js';
import { SlidingWindow } from '../slidingWindow.js';
import { VenueSession, type SessionConfig, type SessionHost } from '../venueSession.js';
import { Channels } from './channels.js';
import { errorFrame } from './errorFrame.js';
import type { Feeds } from './feeds.js';
import type { DxLinkLimits } from './limits.js';

/** What a session needs of its venue. */
export interface DxLinkHost extends SessionHost<keyof DxLinkLimits> {
  readonly market: SimulatedMarket;
  readonly feeds: Feeds;
  readonly limits: DxLinkLimits;
  readonly rowsPerFrame: number;
  readonly mixesTypes: boolean;
  /** Whether a token is wanted at all. */
  readonly wantsToken: boolean;
  /** When the token ends; `undefined` where it is none. */
  admits(token: string, now: number): number | undefined;
}

type Frame = Readonly<Record<string, unknown>>;

const VERSION = '1.0-simulated-1.2.1';

/** One connection. */
export class Session extends VenueSession<DxLinkHost> {
  private heardAt: number;
  private sentAt: number;
  private isSetUp = false;
  private isAuthorised = false;
  private tokenEnds = Infinity;
  /** What the client may be silent for, in ms. */
  private patience: number;
  private readonly channels: Channels;
  private readonly pace: SlidingWindow;

  constructor(config: SessionConfig, host: DxLinkHost, connection: SimulatedConnection) {
    super(config, host, connection);
    this.heardAt = this.sentAt = host.now();
    this.patience = host.limits.keepalive * 1_000;
    this.pace = new SlidingWindow(host.limits.messagesPerSecond, 1_000);
    const { market, feeds, faults, rowsPerFrame, mixesTypes } = host;
    this.channels = new Channels({
      market,
      feeds,
      faults,
      rowsPerFrame,
      mixesTypes,
      now: () => host.now(),
      answer: (frame) => {
        this.answer(frame);
      },
      emit: (stream, text) => {
        this.pass({ stream, diff: stream.includes('Order'), text });
      },
    });
  }

  protected get subscriptions(): readonly string[] {
    return this.channels.names;
  }

  protected hear(text: string): void {
    this.heardAt = this.host.now();
    const { limits } = this.host;
    if (!this.pace.admits(this.heardAt)) {
      this.violate('messagesPerSecond', 1008, 'Too many messages');
      return;
    }
    if (new TextEncoder().encode(text).length > limits.bytesPerMessage) {
      this.violate('bytesPerMessage', 1009, 'Frame too long');
      return;
    }
    this.obey(text);
  }

  /** What time brings: data, life signs, the end of patience and of tokens. */
  pulse(now: number): void {
    const { faults } = this.host;
    if (now - this.heardAt > this.patience) {
      this.error(
        'TIMEOUT',
        `The timeout has been reached. The message was last received ${String((now - this.heardAt) / 1_000)} seconds ago.`,
      );
      this.close(1000, 'timeout');
      return;
    }
    if (this.isAuthorised && (now >= this.tokenEnds || faults.take('authExpired', this.url) !== undefined)) {
      this.isAuthorised = false;
      this.answer({ type: 'AUTH_STATE', channel: 0, state: 'UNAUTHORIZED' });
    }
    this.channels.closeByPlan();
    // Without rights there is nothing to hear; what happens meanwhile comes with the next channel.
    if (this.isAuthorised) this.channels.pulse(now);
    const isDue = now - this.sentAt >= (this.host.limits.keepalive * 1_000) / 2;
    if (this.isSetUp && isDue && faults.take('keepaliveIgnored', this.url) === undefined) {
      this.answer({ type: 'KEEPALIVE', channel: 0 });
    }
  }

  protected override left(): void {
    this.channels.clear();
  }

  protected override transmit(text: string): void {
    this.sentAt = this.host.now();
    super.transmit(text);
  }

  private obey(text: string): void {
    const frame = parseRecord(text);
    if (frame === undefined) {
      this.error('INVALID_MESSAGE', 'The message is not valid JSON.');
      return;
    }
    const { type, channel } = frame;
    if (typeof type !== 'string' || typeof channel !== 'number') {
      this.error('INVALID_MESSAGE', 'A message has a type and a channel.');
      return;
    }
    if (channel === 0) this.obeyConnection(type, frame);
    else if (channel % 2 === 0) this.error('BAD_ACTION', 'Protocol violation with an even channel usage.');
    else this.channels.obey(type, channel, frame, this.isAuthorised);
  }

  private obeyConnection(type: string, frame: Frame): void {
    switch (type) {
      case 'SETUP': {
        const { keepalive } = this.host.limits;
        const requested = frame['keepaliveTimeout'];
        // Of both readings of the field, the one that is kinder to the client.
        this.patience = Math.max(keepalive, typeof requested === 'number' ? requested : keepalive) * 1_000;
        this.isSetUp = true;
        this.answer({
          type,
          channel: 0,
          keepaliveTimeout: keepalive,
          acceptKeepaliveTimeout: keepalive,
          version: VERSION,
        });
        this.isAuthorised = !this.host.wantsToken;
        this.answer({ type: 'AUTH_STATE', channel: 0, state: this.isAuthorised ? 'AUTHORIZED' : 'UNAUTHORIZED' });
        return;
      }
      case 'AUTH':
        this.authorise(String(frame['token']));
        return;
      case 'KEEPALIVE':
      case 'ERROR':
        return;
      default:
        this.error('BAD_ACTION', `Unexpected ${type}`);
    }
  }

  private authorise(token: string): void {
    if (!this.isSetUp) {
      this.error('UNAUTHORIZED', 'com.dxfeed.mdd.dxlink.auth.AuthException: Session not found: api');
      return;
    }
    const ends = this.host.admits(token, this.host.now());
    if (ends === undefined || this.host.faults.take('authRefused', this.url) !== undefined) {
      this.isAuthorised = false;
      this.answer({ type: 'AUTH_STATE', channel: 0, state: 'UNAUTHORIZED' });
      return;
    }
    this.isAuthorised = true;
    this.tokenEnds = ends;
    this.answer({ type: 'AUTH_STATE', channel: 0, state: 'AUTHORIZED', userId: 'simulated' });
  }

  private error(error: string, message: string): void {
    this.answer(errorFrame(0, error, message));
  }

  private answer(frame: object): void {
    this.send(JSON.stringify(frame));
  }
}
