import { between, type Random } from '../random.js';
import {
  balanceWords,
  complexWords,
  FIRST_CASH,
  orderWords,
  positionWords,
  statusWords,
  transactionWords,
  yearGainWords,
} from './accountWords.js';
import type { Agenda } from './agenda.js';
import { filledOf, isOver, type SimulatedFill, type SimulatedOrder } from './order.js';
import { OrderChains } from './orderChains.js';
import { afterTrade, type SimulatedPosition } from './position.js';
import type { Notice, Words } from './words.js';

/** Orders that are over are looked up by id for so many more. */
const REMEMBERED = 2_000;

export interface AccountConfig {
  readonly account: string;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly now: () => number;
  readonly emit: (notice: Notice) => void;
}

/** One account as it truly stands, and as the venue writes it. Each change is told as it happens. */
export class Account {
  readonly orders = new Map<number, SimulatedOrder>();
  private readonly positions = new Map<string, SimulatedPosition>();
  private readonly complexOrders = new Map<number, readonly number[]>();
  private readonly chains: OrderChains;
  private cash = FIRST_CASH;
  private dayTrades = 0;
  private lastId: number;
  private lastUpdate = 0;
  private balanceAt: number;
  private statusAt: number;

  constructor(private readonly config: AccountConfig) {
    this.balanceAt = this.statusAt = config.now();
    this.chains = new OrderChains(config.account);
    this.lastId = 507_000_000 + Math.floor(config.random() * 1_000_000);
  }

  /** Every order that is remembered, open or over. */
  get allOrders(): readonly Words[] {
    return [...this.orders.values()].map((order) => this.orderWords(order));
  }

  get liveOrders(): readonly Words[] {
    return [...this.orders.values()].filter((order) => !isOver(order)).map((order) => this.orderWords(order));
  }

  get liveComplexOrders(): readonly Words[] {
    const all = [...this.complexOrders.keys()].map((id) => this.complexWords(id));
    return all.filter((words) => !('terminal-at' in words));
  }

  get openPositions(): readonly Words[] {
    const { account } = this.config;
    return [...this.positions.values()].filter(({ size }) => size !== 0).map((one) => positionWords(account, one));
  }

  /** Those that are none any more among them. */
  get allPositions(): readonly Words[] {
    return [...this.positions.values()].map((one) => positionWords(this.config.account, one));
  }

  get balances(): Words {
    const held = [...this.positions.values()].reduce((sum, { size, price }) => sum + BigInt(size) * price, 0n);
    return balanceWords(this.config.account, this.cash, held, this.balanceAt);
  }

  get tradingStatus(): Words {
    return statusWords(this.config.account, this.dayTrades, this.statusAt);
  }

  orderWords(order: SimulatedOrder): Words {
    return orderWords(this.config.account, order);
  }

  open(symbol: string, side: 'Buy' | 'Sell', size: number, price: bigint, replaces?: number): SimulatedOrder {
    return this.add({ symbol, side, size, price, type: 'Limit', ...(replaces !== undefined && { replaces }) });
  }

  change(id: number, fields: Partial<SimulatedOrder>): void {
    const order = this.orders.get(id);
    if (order === undefined) return;
    const changed = { ...order, ...fields, updatedAt: this.nextUpdate() };
    this.orders.set(id, changed);
    this.emit('Order', this.orderWords(changed));
    if (changed.complex === undefined) return;
    this.emit('ComplexOrder', this.complexWords(changed.complex));
    if (isOver(changed)) this.cancelRest(changed.complex);
  }

  /**
   * Two of which one cancels the other, what the venue calls one complex order: a limit that is there, and a stop at the other
   * side of the market.
   *
   * @returns The stop.
   */
  pair(limit: SimulatedOrder, trigger: bigint): SimulatedOrder {
    this.lastId += 1;
    const complex = this.lastId;
    this.orders.set(limit.id, { ...limit, complex });
    const { symbol, side, size } = limit;
    const stop = this.add({ symbol, side, size, price: trigger, type: 'Stop', complex });
    this.complexOrders.set(complex, [limit.id, stop.id]);
    this.emit('ComplexOrder', this.complexWords(complex));
    return stop;
  }

  /**
   * The old one is cancelled, the new one goes its way at another price; which of the two is told first is left to
   * chance.
   *
   * @returns The new one.
   */
  replace(order: SimulatedOrder, price: bigint): SimulatedOrder {
    const isNewFirst = this.config.random() < 0.5;
    const end = (): void => {
      const replacedBy = isNewFirst ? this.lastId : this.lastId + 1;
      this.change(order.id, { status: 'Cancelled', edited: true, replacedBy });
    };
    if (!isNewFirst) end();
    const next = this.open(order.symbol, order.side, order.size, price, order.id);
    if (isNewFirst) end();
    return next;
  }

  /** Fills as much as is left, at most `most`. The status may be told ahead of the last fill. */
  fill(order: SimulatedOrder, most: number, isLast: boolean): void {
    const { account, agenda, random, now } = this.config;
    const left = order.size - filledOf(order);
    const quantity = Math.min(left, most);
    if (quantity === 0) {
      if (order.status !== 'Filled') this.change(order.id, { status: 'Filled' });
      return;
    }
    const parts = quantity > 1 && random() < 0.5 ? [1, quantity - 1] : [quantity];
    const fills: SimulatedFill[] = [...order.fills];
    for (const part of parts) {
      fills.push({ id: `f-${order.id}-${fills.length}`, quantity: part, price: order.price, at: now() });
    }
    const status = isLast || quantity === left ? 'Filled' : 'Live';
    if (parts.length > 1 && random() < 0.5) this.change(order.id, { status, fills: fills.slice(0, -1) });
    this.change(order.id, { status, fills });
    const position = this.hold(order, quantity);
    const chain = this.chains.add(order, quantity, position);
    agenda.later(1_000, () => {
      this.emit('OrderChain', chain);
      this.emit('UnderlyingYearGainSummary', yearGainWords(account, position));
    });
  }

  deposit(amount: bigint): void {
    const { account, random, now } = this.config;
    this.cash += amount;
    this.emit('ExternalTransaction', transactionWords(account, between(random, 1_000, 9_999), amount, now()));
    this.emitBalance();
  }

  countDayTrade(): void {
    this.dayTrades += 1;
    this.statusAt = this.nextUpdate();
    this.emit('TradingStatus', this.tradingStatus);
  }

  private add(
    order: Pick<SimulatedOrder, 'symbol' | 'side' | 'size' | 'price' | 'type' | 'complex' | 'replaces'>,
  ): SimulatedOrder {
    this.lastId += 1;
    const updatedAt = this.nextUpdate();
    const held = this.positions.get(order.symbol)?.size ?? 0;
    const added: SimulatedOrder = {
      ...order,
      id: this.lastId,
      closes: order.side === 'Buy' ? held < 0 : held > 0,
      status: 'Routed',
      receivedAt: this.config.now(),
      updatedAt,
      fills: [],
      edited: false,
      rejected: false,
    };
    this.orders.set(added.id, added);
    this.discard();
    this.emit('Order', this.orderWords(added));
    return added;
  }

  private cancelRest(complex: number): void {
    for (const id of this.complexOrders.get(complex) ?? []) {
      const order = this.orders.get(id);
      if (order !== undefined && !isOver(order)) this.change(id, { status: 'Cancelled' });
    }
  }

  private hold({ symbol, side, price }: SimulatedOrder, quantity: number): SimulatedPosition {
    const { account, now } = this.config;
    const signed = side === 'Buy' ? quantity : -quantity;
    const updatedAt = this.nextUpdate();
    const traded = { symbol, quantity: signed, price, now: now(), updatedAt };
    const position = afterTrade(this.positions.get(symbol), traded);
    this.positions.set(symbol, position);
    this.emit('CurrentPosition', positionWords(account, position));
    this.cash -= price * BigInt(signed);
    this.emitBalance();
    return position;
  }

  private emitBalance(): void {
    this.balanceAt = this.nextUpdate();
    this.emit('AccountBalance', this.balances);
  }

  private emit(type: string, data: Words): void {
    this.config.emit({ type, data });
  }

  private complexWords(id: number): Words {
    const orders = (this.complexOrders.get(id) ?? []).flatMap((one) => this.orders.get(one) ?? []);
    return complexWords(this.config.account, id, orders, this.lastUpdate);
  }

  /** No two updates of an account have one time. */
  private nextUpdate(): number {
    this.lastUpdate = Math.max(this.config.now(), this.lastUpdate + 1);
    return this.lastUpdate;
  }

  private discard(): void {
    if (this.orders.size <= REMEMBERED) return;
    for (const [id, order] of this.orders) {
      if (!isOver(order)) continue;
      this.orders.delete(id);
      if (order.complex !== undefined) this.complexOrders.delete(order.complex);
      return;
    }
  }
}
