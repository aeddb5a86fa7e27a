import { SimulatedAccount, type AccountOrder } from '../accounts/simulatedAccount.js';
import { random, seedFor } from '../random.js';
import { type Asset, nanosOf, scaledPrice, scaledQuantity } from './assets.js';
import { type Outcome, outcomeOf } from './tradeBroadcasts.js';

export interface UserDeskConfig {
  readonly user: string;
  readonly assets: readonly Asset[];
  readonly seed: number;
  readonly settleAfter: number;
  /** How orders' events are wrapped: as the venue does, or as it did for a while. */
  readonly envelope: 'outside' | 'inside';
  readonly activity: number;
}

/** One fill of one order. */
export interface UserTrade {
  readonly id: number;
  readonly order: AccountOrder;
  readonly asset: Asset;
  readonly lots: number;
  readonly at: number;
  status: 'Pending' | Outcome;
}

/** How many trades and closed orders a user can ask for. */
const REMEMBERED = 2_000;

/** One user of the venue, who trades by a mind of its own from the first sign-in on. Tells in the venue's words. */
export class UserDesk {
  private readonly account: SimulatedAccount;
  private readonly bySymbol: ReadonlyMap<string, Asset>;
  private readonly filled = new Map<number, number>();
  private closed: readonly AccountOrder[] = [];
  private allTrades: readonly UserTrade[] = [];
  private pending: readonly UserTrade[] = [];
  private trades = 0;
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
    for (const order of this.account.step(now).orders) {
      const asset = this.assetOf(order);
      if (asset !== undefined) this.follow(order, asset, now);
    }
  }

  /** A page of all orders, newest first, and whether there is another. */
  orderRows(page: number, limit: number): readonly [rows: readonly string[], total: number] {
    const all = [...this.closed, ...this.openOrders].sort((a, b) => b.number - a.number);
    return [all.slice(page * limit, (page + 1) * limit).map((order) => this.orderRow(order)), all.length];
  }

  tradeRows(page: number, limit: number): readonly [rows: readonly string[], total: number] {
    const all = [...this.allTrades].reverse();
    return [all.slice(page * limit, (page + 1) * limit).map((trade) => this.tradeText(trade)), all.length];
  }

  orderId({ number }: AccountOrder): string {
    return `o-${this.config.user.slice(0, 6)}-${number}`;
  }

  private follow(order: AccountOrder, asset: Asset, now: number): void {
    const lots = order.filled - (this.filled.get(order.number) ?? 0);
    this.filled.set(order.number, order.filled);
    if (lots > 0) this.fill(order, asset, lots, now);
    switch (order.status) {
      case 'open':
        this.tellOrder('Created', this.createdText(order, asset, now));
        return;
      case 'partial':
        return;
      case 'filled':
        this.close(order);
        this.tellOrder('Removed', this.removedText(order, asset, 'Completed', now));
        return;
      case 'cancelled':
        this.close(order);
        this.tellOrder('Canceled', `${this.about(order, asset)},"timestamp_ns":${nanosOf(now)},"reason":null`);
        this.tellOrder('Removed', this.removedText(order, asset, 'Canceled', now));
    }
  }

  private fill(order: AccountOrder, asset: Asset, lots: number, at: number): void {
    this.trades += 1;
    const trade: UserTrade = { id: this.trades, order, asset, lots, at, status: 'Pending' };
    this.allTrades = [...this.allTrades.slice(1 - REMEMBERED), trade];
    this.pending = [...this.pending, trade];
    this.tellTrade(trade);
  }

  private settle(now: number): void {
    const { seed, settleAfter, user } = this.config;
    const isDue = ({ at }: UserTrade): boolean => at + settleAfter <= now;
    for (const trade of this.pending.filter(isDue)) {
      trade.status = outcomeOf(seed, user, trade.id);
      this.tellTrade(trade);
    }
    this.pending = this.pending.filter((trade) => !isDue(trade));
  }

  private close(order: AccountOrder): void {
    this.closed = [...this.closed.slice(1 - REMEMBERED), order];
    this.filled.delete(order.number);
  }

  private tellOrder(name: string, fields: string): void {
    const { envelope } = this.config;
    const words = name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
    const text = envelope === 'outside' ? `{"${name}":{${fields}}}` : `{"type":"${words}",${fields}}`;
    for (const listener of [...this.orderListeners]) listener(text);
  }

  private tellTrade(trade: UserTrade): void {
    const text = this.tradeText(trade);
    for (const listener of [...this.tradeListeners]) listener(text);
  }

  private about(order: AccountOrder, { id }: Asset): string {
    return `"order_id":"${this.orderId(order)}","asset_id":"${id}","user_id":"${this.config.user}"`;
  }

  private createdText(order: AccountOrder, asset: Asset, now: number): string {
    const limit =
      `"limit_price":${scaledPrice(asset, order.tick)},"quantity":${scaledQuantity(asset, order.lots)}` +
      `,"time_in_force":{"GTC":{"post_only":true}}`;
    const signature = Array.from({ length: 64 }, (_, index) => (order.number * 31 + index * 7) % 256);
    return (
      `"user_order":{"signer":"${this.config.user}","order_id":"${this.orderId(order)}","base_asset":"${asset.id}"` +
      `,"book_price_decimals":${asset.priceDecimals},"book_quantity_decimals":${asset.quantityDecimals}` +
      `,"details":{"Limit":{${limit}}},"side":"${sideOf(order)}","trigger":null` +
      `,"creation_timestamp_ns":${nanosOf(order.placedAt)},"target":{"account":1,"is_spot":true},"reduce_only":false` +
      `,"max_trading_fees_rate":50000,"protocol_version":1},"signature":[${signature.join()}]` +
      `,"book_timestamp_ns":${nanosOf(now, 100)},"limit_overrides":null,"limit_overrides_signature":null`
    );
  }

  private removedText(order: AccountOrder, asset: Asset, reason: string, now: number): string {
    const own = this.allTrades.filter((trade) => trade.order.number === order.number && trade.status === 'Confirmed');
    const confirmed = own.reduce((sum, { lots }) => sum + lots, 0);
    const quantities = `"filled_quantity":${scaledQuantity(asset, order.filled)},"confirmed_quantity":${scaledQuantity(asset, confirmed)}`;
    return (
      `${this.about(order, asset)},"timestamp_ns":${nanosOf(now)},"operator_pubkey":null,"reason":"${reason}",${quantities}` +
      `,"filled_amount":0,"confirmed_amount":0,"book_quantity_decimals":${asset.quantityDecimals}`
    );
  }

  private orderRow(order: AccountOrder): string {
    const asset = this.assetOf(order);
    const { units } = asset?.instrument ?? {};
    const status = { open: 'Open', partial: 'Partial', filled: 'Completed', cancelled: 'Cancelled' }[order.status];
    return (
      `{"order_id":"${this.orderId(order)}","base_asset":"${asset?.id ?? ''}","side":"${sideOf(order)}"` +
      `,"limit_price":"${units?.priceText(order.tick) ?? ''}","quantity":"${units?.sizeText(order.lots) ?? ''}","amount":null` +
      `,"max_sellable_amount":null,"max_sellable_quantity":null` +
      `,"confirmed_filled_quantity":"${units?.sizeText(order.filled) ?? ''}","pending_filled_quantity":"0"` +
      `,"confirmed_filled_amount":"0","pending_filled_amount":"0","good_until_timestamp_ns":null` +
      `,"timestamp_ns":${nanosOf(order.placedAt)},"canceled":${order.status === 'cancelled'},"status":"${status}"` +
      `,"trigger_above_price":null,"trigger_below_price":null,"last_update_timestamp_ns":${nanosOf(order.changedAt)}}`
    );
  }

  private tradeText({ id, order, asset, lots, at, status }: UserTrade): string {
    const { units } = asset.instrument;
    const reason = status === 'Rollbacked' ? '"counterparty insolvent"' : 'null';
    return (
      `{"asset_id":"${asset.id}","trade_id":${id},"order_id":"${this.orderId(order)}"` +
      `,"price":"${units.priceText(order.tick)}","quantity":"${units.sizeText(lots)}","timestamp_ns":${nanosOf(at, id % 1_000)}` +
      `,"is_maker":true,"is_buyer":${order.side === 'buy'},"status":"${status}","rollback_reason":${reason}` +
      `,"is_liquidation":false,"is_auto_deleverage":false,"sub_account":1,"trading_fee":"-0.00100450"}`
    );
  }
}

const sideOf = ({ side }: AccountOrder): string => (side === 'buy' ? 'Buy' : 'Sell');
