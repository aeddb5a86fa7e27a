import { SimulatedAccount, type AccountOrder } from '../accounts/simulatedAccount.js';
import { random, seedFor } from '../random.js';
import { type Asset, nanosOf } from './assets.js';
import type { TplusStream } from './paths.js';
import { outcomeOf } from './tradeBroadcasts.js';
import { about, createdText, orderIdOf, orderRow, removedText, type UserTrade, userTradeText } from './userTexts.js';

export type { UserTrade } from './userTexts.js';

export interface UserDeskConfig {
  readonly user: string;
  readonly assets: readonly Asset[];
  readonly seed: number;
  readonly settleAfter: number;
  /** How orders' events are wrapped: as the venue does, or as it did for a while. */
  readonly envelope: 'outside' | 'inside';
  readonly activity: number;
}

/** How many trades and closed orders a user can ask for. */
const REMEMBERED = 2_000;

/** Which rows of a list. */
export interface RowFilter {
  /** Of one asset only. */
  readonly asset?: string | undefined;
  readonly isOpen?: boolean;
}
type Rows = readonly [rows: readonly string[], total: number];

const DEPOSIT_EVERY = 10_000;

/** One user of the venue, who trades by a mind of its own from the first sign-in on. Tells in the venue's words. */
export class UserDesk {
  private readonly account: SimulatedAccount;
  private readonly bySymbol: ReadonlyMap<string, Asset>;
  private readonly filled = new Map<number, number>();
  private closed: readonly AccountOrder[] = [];
  private allTrades: readonly UserTrade[] = [];
  private pending: readonly UserTrade[] = [];
  private trades = 0;
  private readonly finalListeners = new Set<(text: string) => void>();
  private readonly eventListeners = new Set<(text: string) => void>();
  private deposits = 0;
  private depositedAt: number | undefined;
  private readonly orderListeners = new Set<(text: string) => void>();
  private readonly tradeListeners = new Set<(text: string) => void>();

  constructor(private readonly config: UserDeskConfig) {
    const { assets, seed, user, activity } = config;
    this.bySymbol = new Map(assets.map((asset) => [asset.instrument.spec.symbol, asset]));
    this.account = new SimulatedAccount({
      random: random(seedFor(seed, `account ${user}`)),
      activity,
      instruments: assets.map(({ id, instrument }) => ({
        instrument,
        base: id,
        quote: 'USD',
        baseUnits: BigInt,
        quoteUnits: (tick, lots) => instrument.units.quote(tick, lots),
      })),
    });
  }

  get openOrders(): readonly AccountOrder[] {
    return this.account.openOrders;
  }

  /** Oldest first, each as it stands. */
  get userTrades(): readonly UserTrade[] {
    return this.allTrades;
  }

  /** The asset that an order is of. */
  assetOf({ symbol }: AccountOrder): Asset | undefined {
    return this.bySymbol.get(symbol);
  }

  /** Hears a stream of the user's by its kind; returns what ends it. */
  hear(kind: TplusStream['kind'], listener: (text: string) => void): () => void {
    const listeners =
      kind === 'orders'
        ? this.orderListeners
        : kind === 'userFinalizedTrades'
          ? this.finalListeners
          : kind === 'accountEvents'
            ? this.eventListeners
            : this.tradeListeners;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  hearOrders(listener: (text: string) => void): () => void {
    this.orderListeners.add(listener);
    return () => this.orderListeners.delete(listener);
  }

  hearTrades(listener: (text: string) => void): () => void {
    this.tradeListeners.add(listener);
    return () => this.tradeListeners.delete(listener);
  }

  step(now: number): void {
    this.settle(now);
    this.deposit(now);
    for (const order of this.account.step(now).orders) {
      const asset = this.assetOf(order);
      if (asset !== undefined) this.follow(order, asset, now);
    }
  }

  /** A page of all orders, newest first, and how many there are; of one asset, and the open ones only, if that is asked. */
  orderRows(page: number, limit: number, { asset, isOpen = false }: RowFilter = {}): Rows {
    const all = [...(isOpen ? [] : this.closed), ...this.openOrders]
      .filter((order) => asset === undefined || this.assetOf(order)?.id === asset)
      .sort((a, b) => b.number - a.number);
    return [
      all
        .slice(page * limit, (page + 1) * limit)
        .map((order) => orderRow(this.config.user, order, this.assetOf(order))),
      all.length,
    ];
  }

  tradeRows(page: number, limit: number, { asset }: RowFilter = {}): Rows {
    const all = this.allTrades.filter((trade) => asset === undefined || trade.asset.id === asset).reverse();
    return [
      all.slice(page * limit, (page + 1) * limit).map((trade) => userTradeText(this.config.user, trade)),
      all.length,
    ];
  }

  orderId(order: AccountOrder): string {
    return orderIdOf(this.config.user, order);
  }

  private follow(order: AccountOrder, asset: Asset, now: number): void {
    const lots = order.filled - (this.filled.get(order.number) ?? 0);
    this.filled.set(order.number, order.filled);
    if (lots > 0) this.fill(order, asset, lots, now);
    switch (order.status) {
      case 'open':
        this.emitOrder('Created', createdText(this.config.user, order, asset, now));
        return;
      case 'partial':
        return;
      case 'filled':
        this.close(order);
        this.emitOrder('Removed', this.removed(order, asset, 'Completed', now));
        return;
      case 'cancelled':
        this.close(order);
        this.emitOrder(
          'Canceled',
          `${about(this.config.user, order, asset)},"timestamp_ns":${nanosOf(now)},"reason":null`,
        );
        this.emitOrder('Removed', this.removed(order, asset, 'Canceled', now));
    }
  }

  private fill(order: AccountOrder, asset: Asset, lots: number, at: number): void {
    this.trades += 1;
    const trade: UserTrade = { id: this.trades, order, asset, lots, at, status: 'Pending' };
    this.allTrades = [...this.allTrades.slice(1 - REMEMBERED), trade];
    this.pending = [...this.pending, trade];
    this.emitTrade(trade);
  }

  private settle(now: number): void {
    const { seed, settleAfter, user } = this.config;
    const isDue = ({ at }: UserTrade): boolean => at + settleAfter <= now;
    for (const trade of this.pending.filter(isDue)) {
      trade.status = outcomeOf(seed, user, trade.id);
      this.emitTrade(trade);
    }
    this.pending = this.pending.filter((trade) => !isDue(trade));
  }

  /** Something arrives from outside now and then, so that account events are met. */
  private deposit(now: number): void {
    this.depositedAt ??= now;
    if (now - this.depositedAt < DEPOSIT_EVERY) return;
    this.depositedAt = now;
    this.deposits += 1;
    const [asset] = this.config.assets;
    const text =
      `{"DepositLanded":{"user":"${this.config.user}","asset":"${asset?.id ?? ''}","amount":"1000000000000000000"` +
      `,"chain_id":"00000000000000a4b1","deposit_nonce":${this.deposits},"timestamp_ns":${nanosOf(now)}}}`;
    for (const listener of [...this.eventListeners]) listener(text);
  }

  private close(order: AccountOrder): void {
    this.closed = [...this.closed.slice(1 - REMEMBERED), order];
    this.filled.delete(order.number);
  }

  private emitOrder(name: string, fields: string): void {
    const { envelope } = this.config;
    const words = name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
    const text = envelope === 'outside' ? `{"${name}":{${fields}}}` : `{"type":"${words}",${fields}}`;
    for (const listener of [...this.orderListeners]) listener(text);
  }

  private emitTrade(trade: UserTrade): void {
    const text = userTradeText(this.config.user, trade);
    for (const listener of [...this.tradeListeners]) listener(text);
    if (trade.status === 'Confirmed') for (const listener of [...this.finalListeners]) listener(text);
  }

  private removed(order: AccountOrder, asset: Asset, reason: string, now: number): string {
    const own = this.allTrades.filter((trade) => trade.order.number === order.number && trade.status === 'Confirmed');
    const confirmed = own.reduce((sum, { lots }) => sum + lots, 0);
    return removedText(this.config.user, order, asset, { reason, confirmed, now });
  }
}
