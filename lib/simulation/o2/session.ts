import type { FaultSchedule } from '../faults/faultSchedule.js';
import { Mangler, type OutgoingFrame } from '../faults/mangler.js';
import type { Struck } from '../faults/strike.js';
import type { Random } from '../random.js';
import type { ConnectionStats, ServerSide, SimulatedConnection } from '../simulatedVenue.js';
import { SlidingWindow } from '../slidingWindow.js';
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
export interface SessionHost {
  readonly limits: O2Limits;
  readonly faults: FaultSchedule;
  readonly forms: O2Forms;
  now(): number;
  /** Whether the venue has such a market. */
  knows(market: string): boolean;
  /** Whether it denies that for the time being, and stays silent. */
  isDenied(market: string): boolean;
  /** The frame that opens a depth subscription. */
  opening(market: string, precision: bigint, isView: boolean): OutgoingFrame;
  violated(limit: keyof O2Limits, connection: number): void;
  gone(session: Session): void;
}

const TEXTS = 200;

/** One connection. It carries every channel, each once. */
export class Session implements ServerSide, Struck {
  private isOpen = true;
  private isFrozen = false;
  private silentUntil = 0;
  private received = 0;
  private sent = 0;
  private texts: readonly string[] = [];
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
  private readonly mangler: Mangler;
  private readonly pace: SlidingWindow;

  constructor(
    readonly id: number,
    readonly url: string,
    private readonly random: Random,
    private readonly host: SessionHost,
    private readonly connection: SimulatedConnection,
  ) {
    this.heardAt = host.now();
    this.pace = new SlidingWindow(host.limits.messagesPerSecond, 1_000);
    this.mangler = new Mangler(host.faults, random, (text) => {
      this.send(text);
    });
  }

  get stats(): ConnectionStats {
    const { id, url, isOpen: open, received, texts, sent, depth, views, trades, owners } = this;
    const subscriptions = [
      ...[...depth].map(([market, { precision }]) => `depth ${market} ${precision}`),
      ...[...views].map(([market, { precision }]) => `view ${market} ${precision}`),
      ...[...trades].map((market) => `trades ${market}`),
      ...Object.entries(owners).flatMap(([kind, set]) => [...set].map((owner) => `${kind} ${owner}`)),
    ];
    return { id, url, open, received, texts, sent, subscriptions };
  }

  receive(text: string): void {
    if (!this.isOpen || this.isFrozen) return;
    this.received += 1;
    this.texts = [...this.texts.slice(1 - TEXTS), text];
    this.heardAt = this.host.now();
    if (!this.pace.admits(this.heardAt)) {
      this.host.violated('messagesPerSecond', this.id);
      this.close(1008, 'Too many messages');
      return;
    }
    this.obey(commandOf(text));
  }

  control(kind: 'ping' | 'pong'): void {
    if (kind === 'ping' && this.speaks()) this.connection.pong?.();
  }

  /** What time brings: the end of a connection that says nothing. */
  pulse(now: number): void {
    if (now - this.heardAt < this.host.limits.idleTimeout) return;
    // What a half-open connection says is not heard.
    if (!this.isFrozen) this.host.violated('idleTimeout', this.id);
    this.close(1000, 'Idle for too long');
  }

  /** An event of a stream, with whatever goes wrong on its way. */
  tell(frame: OutgoingFrame, market?: string): void {
    if (!this.speaks()) return;
    if (market !== undefined && frame.diff) this.queued.set(market, frame.text);
    this.mangler.pass(frame);
  }

  silence(until: number): void {
    this.silentUntil = Math.max(this.silentUntil, until);
  }

  freeze(): void {
    this.isFrozen = true;
    this.connection.freeze?.();
  }

  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    // A half-open connection can't be told of its end.
    if (!this.isFrozen) this.connection.close(code, reason);
    this.closed();
  }

  terminate(): void {
    if (!this.isOpen) return;
    if (!this.isFrozen) this.connection.terminate();
    this.closed();
  }

  closed(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.host.gone(this);
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
        this.begin(command.market, { precision: command.precision });
        return;
      case 'view': {
        const { market, precision, every } = command;
        if (!this.admits(market, this.views) || this.host.isDenied(market)) return;
        this.views.set(market, { precision, every, due: this.host.now() + every });
        this.tell(this.host.opening(market, precision, true));
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
  private begin(market: string, subscription: DepthSubscription): void {
    const { host } = this;
    const left = this.ended.delete(market) ? this.queued.get(market) : undefined;
    if (host.isDenied(market)) return;
    this.depth.set(market, subscription);
    if (left !== undefined && this.random() < 0.5) this.send(left);
    if (subscription.precision > 1n) this.tell(host.opening(market, subscription.precision, false));
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

  private send(text: string): void {
    if (!this.speaks()) return;
    this.sent += 1;
    this.connection.send(text);
  }

  private speaks(): boolean {
    return this.isOpen && !this.isFrozen && this.host.now() >= this.silentUntil;
  }
}
