import { between, type Random } from '../random.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { dateText, moneyOf, moneyText, timeText, withEffect } from './money.js';

/** A venue's object under the venue's keys. */
export type Words = Readonly<Record<string, unknown>>;

/** An object for the stream, by its type. */
export interface Told {
  readonly type: string;
  readonly data: Words;
}

export interface SimulatedFill {
  readonly id: string;
  readonly quantity: number;
  readonly price: bigint;
  readonly at: number;
}

/** One order as the venue knows it. */
export interface SimulatedOrder {
  readonly id: number;
  readonly symbol: string;
  readonly side: 'Buy' | 'Sell';
  readonly size: number;
  readonly price: bigint;
  readonly status: string;
  readonly receivedAt: number;
  readonly updatedAt: number;
  readonly fills: readonly SimulatedFill[];
  readonly edited: boolean;
  readonly rejected: boolean;
  readonly replaces?: number;
  readonly replacedBy?: number;
  /** Of the complex order it belongs to. */
  readonly complex?: number;
}

export interface SimulatedPosition {
  readonly symbol: string;
  /** Negative for short. */
  readonly size: number;
  readonly price: bigint;
  readonly openedAt: number;
  readonly updatedAt: number;
}

const FINAL: readonly string[] = ['Filled', 'Cancelled', 'Rejected'];
export const isOver = ({ status }: Pick<SimulatedOrder, 'status'>): boolean => FINAL.includes(status);
/** Orders that are over are looked up by id for so many more. */
const REMEMBERED = 2_000;

export interface BooksConfig {
  readonly account: string;
  readonly market: SimulatedMarket;
  readonly random: Random;
  /** Chance of something happening in a step, in [0, 1]. */
  readonly activity: number;
  readonly tell: (told: Told) => void;
}

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** One account: what it holds, and a customer of moods who trades on it. */
export class AccountBooks {
  readonly orders = new Map<number, SimulatedOrder>();
  readonly positions = new Map<string, SimulatedPosition>();
  readonly complexOrders = new Map<number, readonly number[]>();
  cash = 10_000_000n;
  dayTrades = 0;
  private lastId = 507_000_000;
  private lastUpdate = 0;
  private balanceAt = 0;
  private statusAt = 0;
  private due: readonly Due[] = [];

  constructor(private readonly config: BooksConfig) {
    this.balanceAt = this.statusAt = this.now;
    this.lastId += Math.floor(config.random() * 1_000_000);
  }

  /** What the passing of time brings. */
  step(): void {
    const { now } = this;
    const ready = this.due.filter(({ at }) => at <= now);
    this.due = this.due.filter(({ at }) => at > now);
    for (const { run } of ready) run();
    if (this.config.random() < this.config.activity) this.act();
  }

  // ---- as the venue writes it

  orderWords(order: SimulatedOrder, fills: readonly SimulatedFill[] = order.fills): Words {
    const filled = order.fills.reduce((sum, { quantity }) => sum + quantity, 0);
    const isLive = order.status === 'Live';
    return {
      id: order.id,
      'account-number': this.config.account,
      cancellable: isLive,
      editable: isLive,
      edited: order.edited,
      'leg-count': 1,
      'order-type': 'Limit',
      price: moneyText(order.price),
      'price-effect': order.side === 'Buy' ? 'Debit' : 'Credit',
      'received-at': timeText(order.receivedAt),
      ...(order.rejected && { 'reject-reason': 'Insufficient buying power' }),
      ...(order.replaces !== undefined && { 'replaces-order-id': order.replaces }),
      ...(order.replacedBy !== undefined && { 'replacing-order-id': order.replacedBy }),
      ...(order.complex !== undefined && { 'complex-order-id': order.complex, 'complex-order-tag': 'OCO::limit' }),
      size: order.size,
      source: 'simulated',
      status: order.status,
      ...(isOver(order) && { 'terminal-at': timeText(order.updatedAt) }),
      ...(order.status === 'Cancelled' && { 'cancelled-size': `${order.size - filled}.0` }),
      'time-in-force': 'Day',
      'underlying-instrument-type': 'Equity',
      'underlying-symbol': order.symbol,
      'updated-at': order.updatedAt,
      legs: [
        {
          action: order.side === 'Buy' ? 'Buy to Open' : 'Sell to Close',
          'instrument-type': 'Equity',
          quantity: order.size,
          'remaining-quantity': order.size - filled,
          symbol: order.symbol,
          fills: fills.map(({ id, quantity, price, at }) => ({
            'destination-venue': 'SIMULATED',
            'fill-id': id,
            'fill-price': moneyText(price),
            'filled-at': timeText(at),
            quantity,
          })),
        },
      ],
    };
  }

  positionWords({ symbol, size, price, openedAt, updatedAt }: SimulatedPosition): Words {
    const day = dateText(updatedAt);
    return {
      'account-number': this.config.account,
      symbol,
      'instrument-type': 'Equity',
      'underlying-symbol': symbol,
      quantity: Math.abs(size),
      'quantity-direction': size === 0 ? 'Zero' : size > 0 ? 'Long' : 'Short',
      'average-open-price': moneyText(size === 0 ? 0n : price),
      'close-price': moneyText(price),
      'cost-effect': size === 0 ? 'None' : size > 0 ? 'Credit' : 'Debit',
      'is-frozen': false,
      'is-suppressed': false,
      multiplier: '1.0',
      'realized-day-gain-date': day,
      ...withEffect('realized-day-gain', 0n),
      'restricted-quantity': 0,
      'created-at': timeText(openedAt),
      'updated-at': timeText(updatedAt),
    };
  }

  balanceWords(): Words {
    const cash = moneyText(this.cash);
    return {
      'account-number': this.config.account,
      currency: 'USD',
      'cash-balance': cash,
      'margin-equity': cash,
      'equity-buying-power': moneyText(this.cash * 2n),
      'derivative-buying-power': cash,
      'net-liquidating-value': cash,
      ...withEffect('pending-cash', this.cash - 10_000_000n),
      'unsettled-cryptocurrency-fiat-amount': '0.0',
      'unsettled-cryptocurrency-fiat-effect': 'None',
      'snapshot-date': dateText(this.balanceAt),
      'updated-at': timeText(this.balanceAt),
    };
  }

  statusWords(): Words {
    return {
      'account-number': this.config.account,
      'day-trade-count': this.dayTrades,
      'equities-margin-calculation-type': 'Reg T',
      'fee-schedule-name': 'default',
      'futures-margin-rate-multiplier': '0.0',
      id: 15,
      'is-closed': false,
      'is-closing-only': false,
      'is-futures-enabled': true,
      'is-pattern-day-trader': this.dayTrades > 3,
      'options-level': 'No Restrictions',
      'short-calls-enabled': true,
      'updated-at': timeText(this.statusAt),
    };
  }

  complexWords(id: number): Words {
    const orders = (this.complexOrders.get(id) ?? []).flatMap((one) => this.orders.get(one) ?? []);
    const isEnded = orders.every(isOver);
    return {
      id,
      'account-number': this.config.account,
      type: 'OCO',
      ...(isEnded && { 'terminal-at': timeText(this.lastUpdate) }),
      orders: orders.map((order) => this.orderWords(order)),
    };
  }

  // ---- what the customer does

  private get now(): number {
    return this.config.market.now();
  }

  private draw<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.config.random() * from.length)];
  }

  private act(): void {
    const { random } = this.config;
    const live = [...this.orders.values()].filter(({ status }) => status === 'Live');
    const one = this.draw(live);
    const mood = random();
    if (mood < 0.5 || one === undefined) this.place();
    else if (mood < 0.65) this.cancel(one);
    else if (mood < 0.8) this.replace(one);
    else if (mood < 0.85) this.deposit();
    else if (mood < 0.9) this.countDayTrade();
    else this.fill(one, one.size, true);
  }

  private place(): void {
    const { market, random } = this.config;
    const symbol = this.draw(market.symbols);
    const book = symbol === undefined ? undefined : market.trueBook(symbol);
    const side = random() < 0.5 ? 'Buy' : 'Sell';
    const best = side === 'Buy' ? book?.asks[0] : book?.bids[0];
    if (symbol === undefined || best === undefined) return;
    const order = this.open(symbol, side, between(random, 1, 6), moneyOf(best[0]));
    if (random() < 0.08) {
      this.later(50, () => this.change(order.id, { status: 'Rejected', rejected: true }));
      return;
    }
    const isTaken = random() < 0.6;
    if (random() < 0.1 && !isTaken) this.pair(order.id);
    this.later(50, () => {
      const current = this.orders.get(order.id);
      if (current === undefined || isOver(current)) return;
      // A frame that says Live may hold a fill already.
      if (isTaken && random() < 0.5) this.fill(current, 1, false);
      else this.change(order.id, { status: 'Live' });
    });
    if (!isTaken) return;
    this.later(between(random, 100, 3_000), () => {
      const current = this.orders.get(order.id);
      if (current !== undefined && !isOver(current)) this.fill(current, current.size, true);
    });
  }

  /** Two that stand for each other: what the venue calls one complex order. */
  private pair(first: number): void {
    const order = this.orders.get(first);
    if (order === undefined) return;
    this.lastId += 1;
    const id = this.lastId;
    this.orders.set(first, { ...order, complex: id });
    this.complexOrders.set(id, [first]);
    this.tell('ComplexOrder', this.complexWords(id));
  }

  private open(symbol: string, side: 'Buy' | 'Sell', size: number, price: bigint, replaces?: number): SimulatedOrder {
    this.lastId += 1;
    const at = this.nextUpdate();
    const order: SimulatedOrder = {
      ...{ id: this.lastId, symbol, side, size, price, status: 'Routed', receivedAt: this.now, updatedAt: at },
      ...{ fills: [], edited: false, rejected: false },
      ...(replaces !== undefined && { replaces }),
    };
    this.orders.set(order.id, order);
    this.forget();
    this.tell('Order', this.orderWords(order));
    return order;
  }

  private cancel({ id }: SimulatedOrder): void {
    this.change(id, { status: 'Cancelled' });
  }

  /** The old one is cancelled, the new one goes its way; which of the two is told first is left to chance. */
  private replace(order: SimulatedOrder): void {
    const isNewFirst = this.config.random() < 0.5;
    const end = (): void => {
      const replacedBy = isNewFirst ? this.lastId : this.lastId + 1;
      this.change(order.id, { status: 'Cancelled', edited: true, replacedBy });
    };
    if (!isNewFirst) end();
    const next = this.open(order.symbol, order.side, order.size, order.price + 10n, order.id);
    if (isNewFirst) end();
    this.later(100, () => {
      const current = this.orders.get(next.id);
      if (current !== undefined && !isOver(current)) this.change(next.id, { status: 'Live' });
    });
  }

  private deposit(): void {
    const { account, random } = this.config;
    const amount = BigInt(between(random, 1, 500)) * 1_000n;
    this.cash += amount;
    const at = timeText(this.now);
    this.tell('ExternalTransaction', {
      ...{ id: between(random, 1_000, 9_999), 'account-number': account, amount: moneyText(amount) },
      ...{ direction: 'Deposit', state: 'Pending', 'transfer-method': 'ach', 'is-cancelable': true },
      ...{ 'created-at': at, 'updated-at': at },
    });
    this.tellBalance();
  }

  private countDayTrade(): void {
    this.dayTrades += 1;
    this.statusAt = this.nextUpdate();
    this.tell('TradingStatus', this.statusWords());
  }

  /** Fills as much as is left, at most `most`. The status may be told ahead of the last fill. */
  private fill(order: SimulatedOrder, most: number, isLast: boolean): void {
    const { random } = this.config;
    const left = order.size - order.fills.reduce((sum, { quantity }) => sum + quantity, 0);
    const quantity = Math.min(left, most);
    if (quantity === 0) {
      if (order.status !== 'Filled') this.change(order.id, { status: 'Filled' });
      return;
    }
    const parts = quantity > 1 && random() < 0.5 ? [1, quantity - 1] : [quantity];
    const fills = [...order.fills];
    for (const part of parts) {
      fills.push({ id: `f-${order.id}-${fills.length}`, quantity: part, price: order.price, at: this.now });
    }
    const status = isLast || quantity === left ? 'Filled' : 'Live';
    if (parts.length > 1 && random() < 0.5) this.change(order.id, { status, fills: fills.slice(0, -1) });
    this.change(order.id, { status, fills });
    this.hold(order, quantity);
  }

  private hold(order: SimulatedOrder, quantity: number): void {
    const { account } = this.config;
    const signed = order.side === 'Buy' ? quantity : -quantity;
    const held = this.positions.get(order.symbol);
    const at = this.nextUpdate();
    const wasOpen = held !== undefined && held.size !== 0;
    const position: SimulatedPosition = {
      ...{ symbol: order.symbol, size: (held?.size ?? 0) + signed, price: order.price },
      ...{ openedAt: wasOpen ? held.openedAt : this.now, updatedAt: at },
    };
    this.positions.set(order.symbol, position);
    this.tell('CurrentPosition', this.positionWords(position));
    this.cash -= order.price * BigInt(signed);
    this.tellBalance();
    this.later(1_000, () => {
      this.tell('UnderlyingYearGainSummary', {
        ...{ year: dateText(this.now).slice(0, 4), 'account-number': account, symbol: order.symbol },
        ...{ 'instrument-type': 'Equity', ...withEffect('fees', -20n), ...withEffect('yearly-realized-gain', 0n) },
      });
    });
  }

  private tellBalance(): void {
    this.balanceAt = this.nextUpdate();
    this.tell('AccountBalance', this.balanceWords());
  }

  private change(id: number, fields: Partial<SimulatedOrder>): void {
    const order = this.orders.get(id);
    if (order === undefined) return;
    const changed = { ...order, ...fields, updatedAt: this.nextUpdate() };
    this.orders.set(id, changed);
    this.tell('Order', this.orderWords(changed));
    if (changed.complex !== undefined) this.tell('ComplexOrder', this.complexWords(changed.complex));
  }

  private tell(type: string, data: Words): void {
    this.config.tell({ type, data });
  }

  private later(ms: number, run: () => void): void {
    this.due = [...this.due, { at: this.now + ms, run }];
  }

  /** No two updates of an account have one time. */
  private nextUpdate(): number {
    this.lastUpdate = Math.max(this.now, this.lastUpdate + 1);
    return this.lastUpdate;
  }

  private forget(): void {
    if (this.orders.size <= REMEMBERED) return;
    for (const [id, order] of this.orders) {
      if (!isOver(order)) continue;
      this.orders.delete(id);
      if (order.complex !== undefined) this.complexOrders.delete(order.complex);
      return;
    }
  }
}
