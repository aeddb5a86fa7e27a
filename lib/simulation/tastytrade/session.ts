import { parseRecord } from '../parseRecord.js';
import { between } from '../random.js';
import type { SimulatedConnection } from '../simulatedVenue.js';
import { VenueSession, type SessionConfig, type SessionHost } from '../venueSession.js';
import type { TastytradeLimits } from './limits.js';
import type { Notice, Words } from './words.js';

/** What a session needs of its venue. */
export interface TastytradeHost extends SessionHost<keyof TastytradeLimits> {
  readonly limits: TastytradeLimits;
  /** Whether notifications and heartbeats are numbered: they are since 2026. */
  readonly numbered: boolean;
  isToken(header: unknown): boolean;
  isAccount(account: string): boolean;
}

const ASKED = ['public-watchlists-subscribe', 'quote-alerts-subscribe', 'user-message-subscribe'];

/** One connection to the account stream. */
export class Session extends VenueSession<TastytradeHost> {
  private readonly sessionId: string;
  private heardAt: number;
  private sequence = 1;
  private accounts: readonly string[] = [];
  private readonly actions = new Set<string>();
  private held: Words | undefined;

  constructor(config: SessionConfig, host: TastytradeHost, connection: SimulatedConnection) {
    super(config, host, connection);
    this.sessionId = between(config.random, 0x10000000, 0xffffffff).toString(16);
    this.heardAt = host.now();
  }

  protected get subscriptions(): readonly string[] {
    return [...this.accounts, ...this.actions];
  }

  protected hear(text: string): void {
    this.heardAt = this.host.now();
    const request = parseRecord(text);
    const action = request?.['action'];
    if (request === undefined || typeof action !== 'string') {
      this.reply('error', 'unknown', {}, 'invalid-message');
      return;
    }
    this.obey(action, request);
  }

  /** An account's news, for who follows it. */
  emitAccount(account: string, { type, data }: Notice): void {
    if (this.accounts.includes(account)) this.emit(`${type} ${account}`, { type, data });
  }

  /** News for who asked for them by an action. */
  emitAction(action: string, { type, data }: Notice): void {
    if (this.actions.has(action)) this.emit(type, { type, data });
  }

  /** What time brings: the end of a client that says nothing. */
  pulse(now: number): void {
    if (now - this.heardAt < this.host.limits.silence) return;
    if (this.speaks()) this.host.violated('silence', this.id);
    this.close(1001, 'Idle timeout');
  }

  private obey(action: string, request: Words): void {
    const { faults } = this.host;
    const isConnected = this.accounts.length > 0;
    if (!this.host.isToken(request['auth-token'])) {
      this.reply('error', action, {}, 'failed');
      return;
    }
    if (action === 'heartbeat') {
      if (faults.take('lostHeartbeat', 'heartbeat') !== undefined) return;
      if (!isConnected) this.reply('error', action, request, 'not-implemented');
      else this.beat(request);
      return;
    }
    if (action === 'connect' || action === 'account-subscribe') {
      const value = request['value'];
      const requested: readonly unknown[] = Array.isArray(value) ? value : [value];
      const known = requested.filter((one): one is string => typeof one === 'string' && this.host.isAccount(one));
      const isRefused = faults.take('tokenRefused', action) !== undefined;
      if (isRefused || requested.length === 0 || known.length < requested.length) {
        this.reply('error', action, {}, 'failed');
        return;
      }
      this.accounts = [...new Set([...this.accounts, ...known])];
      this.acknowledge(action, request, { value: known });
      return;
    }
    if (!ASKED.includes(action)) this.reply('error', action, request, 'not-implemented');
    else if (!isConnected) this.reply('error', action, {}, 'connect-not-completed');
    else if (faults.take('anonymousError', action) !== undefined) this.reply('error', action, {}, 'failed');
    else {
      this.actions.add(action);
      this.acknowledge(action, request, {});
    }
  }

  private acknowledge(action: string, request: Words, more: Words): void {
    if (this.host.faults.take('ackNever', action) === undefined) this.reply('ok', action, { ...more, ...request });
  }

  /** Some answers to heartbeats are numbered, and say nothing of the request. */
  private beat(request: Words): void {
    if (!this.host.numbered || this.random() < 0.75) this.reply('ok', 'heartbeat', request);
    else this.send(JSON.stringify({ ...this.envelope('ok', 'heartbeat'), 'ws-sequence': this.nextSequence() }));
  }

  private reply(status: 'ok' | 'error', action: string, request: Words, message?: string): void {
    const { value, 'request-id': id } = request;
    const shown = action === 'connect' && status === 'ok' ? value : undefined;
    this.send(JSON.stringify({ ...this.envelope(status, action), value: shown, message, 'request-id': id }));
  }

  private envelope(status: string, action: string): Words {
    return { status, action, 'web-socket-session-id': this.sessionId };
  }

  private emit(stream: string, { type, data }: Notice): void {
    if (!this.speaks()) return;
    const { faults } = this.host;
    const variants = faults.idle ? [data] : this.mangled(stream, type, data);
    for (const one of variants) {
      const numbered = this.host.numbered ? { 'ws-sequence': this.nextSequence() } : {};
      this.sendOne(stream, { type, data: one, timestamp: this.host.now(), ...numbered });
    }
  }

  private sendOne(stream: string, frame: Words): void {
    const { held } = this;
    this.held = undefined;
    if (held === undefined && this.host.faults.take('batch', stream) !== undefined) {
      this.held = frame;
      return;
    }
    const text = JSON.stringify(held === undefined ? frame : { results: [held, frame] });
    // All of a connection are one stream: what is held back for the next one must not wait for long.
    this.pass({ stream: 'notifications', diff: true, text });
  }

  private mangled(stream: string, type: string, data: Words): readonly Words[] {
    const { faults } = this.host;
    if (type !== 'Order') return [data];
    const legs = data['legs'] as readonly Words[];
    const withFills = (change: (fills: readonly unknown[]) => readonly unknown[]): Words => ({
      ...data,
      legs: legs.map((leg) => ({ ...leg, fills: change(leg['fills'] as readonly unknown[]) })),
    });
    const twice =
      faults.take('repeatedFills', stream) === undefined ? [data] : [withFills((all) => [...all, ...all]), data];
    return faults.take('fewerFills', stream) === undefined ? twice : [...twice, withFills(() => [])];
  }

  private nextSequence(): number {
    this.sequence += 1;
    return this.sequence;
  }
}
