import type { OutgoingFrame } from '../faults/mangler.js';
import type { SimulatedConnection } from '../simulatedVenue.js';
import { SlidingWindow } from '../slidingWindow.js';
import { VenueSession, type SessionConfig, type SessionHost } from '../venueSession.js';
import { CODES, commandOf, type AccountKind, type Command, type Owner } from './command.js';
import { errorFrame, type O2Forms } from './frames.js';
import type { O2Limits } from './limits.js';

/** A subscription to depth. */
export interface DepthSubscription {
  readonly precision: bigint;
  /** Time between two views, in ms; absent where it is told each change. */
  readonly every?: number;
}

/** What a session needs of its venue. */
export interface O2Host extends SessionHost<keyof O2Limits> {
  readonly limits: O2Limits;
  readonly forms: O2Forms;
  /** Whether pings and pongs below the frames count as saying something. */
  readonly pingsCount: boolean;
  /** Whether the venue has such a market. */
  knows(market: string): boolean;
  /** Whether it denies that for the time being, and stays silent. */
  isDenied(market: string): boolean;
  /** The frame that opens a depth subscription. */
  opening(market: string, precision: bigint, isView: boolean): OutgoingFrame;
}

/** One connection. It carries every channel, each once. */
export class Session extends VenueSession<O2Host> {
  private heardAt: number;
  /** By market. */
  readonly depth = new Map<string, DepthSubscription>();
  /** By market; `due` is when the next view comes. */
  readonly views = new Map<string, DepthSubscription & { due: number }>();
  readonly trades = new Set<string>();
  readonly owners: Readonly<Record<AccountKind, Set<Owner>>> = {
    orders: new Set(),
    balances: new Set(),
    nonce: new Set(),
  };
  /** The last update of each market: one that was queued may still come after its subscription has ended. */
  private readonly queued = new Map<string, string>();
  private readonly ended = new Set<string>();
  private readonly pace: SlidingWindow;

  constructor(config: SessionConfig, host: O2Host, connection: SimulatedConnection) {
    super(config, host, connection);
    this.heardAt = host.now();
    this.pace = new SlidingWindow(host.limits.messagesPerSecond, 1_000);
  }

  protected get subscriptions(): readonly string[] {
    const { depth, views, trades, owners } = this;
    return [
      ...[...depth].map(([market, { precision }]) => `depth ${market} ${precision}`),
      ...[...views].map(([market, { precision }]) => `view ${market} ${precision}`),
      ...[...trades].map((market) => `trades ${market}`),
      ...Object.entries(owners).flatMap(([kind, set]) => [...set].map((owner) => `${kind} ${owner}`)),
    ];
  }

  protected hear(text: string): void {
    this.heardAt = this.host.now();
    if (!this.pace.admits(this.heardAt)) {
      this.violate('messagesPerSecond', 1008, 'Too many messages');
      return;
    }
    this.obey(commandOf(text));
  }

  /** What time brings: the end of a connection that says nothing. */
  pulse(now: number): void {
    if (now - this.heardAt < this.host.limits.idleTimeout) return;
    // What a half-open connection says is not heard.
    if (this.hears()) this.host.violated('idleTimeout', this.id);
    this.close(1000, 'Idle for too long');
  }

  /** An event of a stream, with whatever goes wrong on its way. */
  emit(frame: OutgoingFrame, market?: string): void {
    if (!this.speaks()) return;
    if (market !== undefined && frame.diff) this.queued.set(market, frame.text);
    this.pass(frame);
  }

  /** Whether pings below the frames keep a connection is not known of the venue. */
  override control(kind: 'ping' | 'pong'): void {
    if (this.hears() && this.host.pingsCount) this.heardAt = this.host.now();
    super.control(kind);
  }

  private obey(command: Command): void {
    const { faults } = this.host;
    switch (command.type) {
      case 'ping':
        if (faults.take('ackNever', 'PONG') === undefined) this.send('PONG');
        return;
      case 'error':
        this.fail(command.code, command.message);
        return;
      case 'depth':
        if (!this.admits(command.market, this.depth)) return;
        this.openDepth(command.market, { precision: command.precision });
        return;
      case 'view': {
        const { market, precision, every } = command;
        if (!this.admits(market, this.views) || this.host.isDenied(market)) return;
        this.views.set(market, { precision, every, due: this.host.now() + every });
        this.emit(this.host.opening(market, precision, true));
        return;
      }
      case 'trades':
        if (this.admits(command.market, this.trades) && !this.host.isDenied(command.market)) {
          this.trades.add(command.market);
        }
        return;
      case 'endDepth':
        if (this.depth.delete(command.market)) this.ended.add(command.market);
        return;
      case 'endView':
        this.views.delete(command.market);
        return;
      case 'endTrades':
        this.trades.delete(command.market);
        return;
      case 'endOrders':
        this.owners.orders.clear();
        return;
      case 'endBalances':
        for (const owner of command.identities) this.owners.balances.delete(owner);
        return;
      case 'endNonce':
        for (const owner of command.identities) this.owners.nonce.delete(owner);
        return;
      default:
        this.follow(command.type, command.identities);
    }
  }

  /** The first frame is the whole book; a precision of 1 is taken, and stays dead. */
  private openDepth(market: string, subscription: DepthSubscription): void {
    const { host } = this;
    const left = this.ended.delete(market) ? this.queued.get(market) : undefined;
    if (host.isDenied(market)) return;
    this.depth.set(market, subscription);
    if (left !== undefined && this.random() < 0.5) this.send(left);
    if (subscription.precision > 1n) this.emit(host.opening(market, subscription.precision, false));
  }

  /** There is one subscription of a kind, for up to so many identities. Its first frame is the first event. */
  private follow(kind: AccountKind, owners: readonly Owner[]): void {
    if (this.owners[kind].size > 0) this.fail(CODES.alreadySubscribed, 'Already subscribed');
    else if (owners.length > this.host.limits.identitiesPerRequest) {
      this.host.violated('identitiesPerRequest', this.id);
      this.fail(CODES.tooManySubscriptions, 'Too many identities');
    } else for (const owner of owners) this.owners[kind].add(owner);
  }

  private admits(market: string, subscribed: { has(market: string): boolean }): boolean {
    if (!this.host.knows(market)) this.fail(CODES.marketNotFound, 'Market not found');
    else if (subscribed.has(market)) this.fail(CODES.alreadySubscribed, 'Already subscribed');
    else return true;
    return false;
  }

  private fail(code: number, message: string): void {
    this.send(errorFrame(code, message, this.host.forms));
  }
}
