import { SimulatedAccount, type AccountOrder } from '../accounts/simulatedAccount.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import { random, seedFor } from '../random.js';
import { changes, timeText, type Fields, type StreamSource } from './streamSource.js';

export interface DeskConfig {
  readonly account: string;
  readonly instruments: readonly SimulatedInstrument[];
  readonly seed: number;
  readonly activity: number;
}

const STATUS = {
  open: ['ACK', 'Received'],
  partial: ['FPR', 'Partial Fill (alive)'],
  filled: ['FLL', 'Filled'],
  cancelled: ['OUT', 'UROut'],
} as const;

/** One account, which trades by a mind of its own, and what the venue tells of it. */
export class Desk {
  /** Every order of the day as it stands, oldest first: the truth. */
  readonly orders = new Map<string, AccountOrder>();
  /** How much is held of each symbol, in lots; only what is not 0: the truth. */
  readonly held = new Map<string, number>();
  /** Each state of each order, in order, since the beginning. */
  readonly log: AccountOrder[] = [];
  private readonly trader: SimulatedAccount;
  private readonly bySymbol: ReadonlyMap<string, SimulatedInstrument>;

  constructor(private readonly config: DeskConfig) {
    const { account, instruments, seed, activity } = config;
    this.bySymbol = new Map(instruments.map((instrument) => [instrument.spec.symbol, instrument]));
    this.trader = new SimulatedAccount({
      random: random(seedFor(seed, `account ${account}`)),
      activity,
      instruments: instruments.map((instrument) => ({
        instrument,
        base: instrument.spec.symbol,
        quote: 'USD',
        baseUnits: BigInt,
        quoteUnits: (tick, lots) => instrument.units.quote(tick, lots),
      })),
    });
  }

  step(now: number): void {
    for (const order of this.trader.step(now).orders) {
      const id = this.idOf(order);
      const lots = order.filled - (this.orders.get(id)?.filled ?? 0);
      this.orders.set(id, order);
      this.log.push(order);
      const held = (this.held.get(order.symbol) ?? 0) + (order.side === 'buy' ? lots : -lots);
      if (held === 0) this.held.delete(order.symbol);
      else this.held.set(order.symbol, held);
    }
  }

  idOf({ number }: AccountOrder): string {
    return `9588${this.config.account.replace(/\D/g, '').slice(-4)}${String(number).padStart(5, '0')}`;
  }

  orderRow(order: AccountOrder): Fields {
    const { units } = this.instrument(order.symbol);
    const { status, side, filled, lots, tick } = order;
    const [Status, StatusDescription] = STATUS[status];
    const isOver = status === 'filled' || status === 'cancelled';
    return {
      AccountID: this.config.account,
      ...(isOver && { ClosedDateTime: timeText(order.changedAt) }),
      ...{ CommissionFee: '0', Currency: 'USD', Duration: 'DAY', OrderType: 'Limit', Routing: 'Intelligent' },
      FilledPrice: filled === 0 ? '0' : units.priceText(tick),
      Legs: [
        {
          ...{ AssetType: 'STOCK', BuyOrSell: side === 'buy' ? 'Buy' : 'Sell', OpenOrClose: 'Open' },
          ...{ ExecQuantity: units.sizeText(filled), QuantityOrdered: units.sizeText(lots) },
          ...(filled > 0 && { ExecutionPrice: units.priceText(tick) }),
          ...{ QuantityRemaining: units.sizeText(lots - filled), Symbol: order.symbol },
        },
      ],
      ...{ LimitPrice: units.priceText(tick), OpenedDateTime: timeText(order.placedAt), OrderID: this.idOf(order) },
      ...{ Status, StatusDescription, UnbundledRouteFee: '0' },
    };
  }

  /** The newest state of each order, then `EndSnapshot`, then each state as it comes. */
  orderSource(): StreamSource {
    let told = this.log.length;
    return {
      begin: () => {
        told = this.log.length;
        return [...this.orders.values()].map((order) => JSON.stringify(this.orderRow(order)));
      },
      pulse: () => {
        const news = this.log.slice(told);
        told = this.log.length;
        return news.map((order) => JSON.stringify(this.orderRow(order)));
      },
    };
  }

  positionSource(): StreamSource {
    let told = new Map<string, Fields>();
    const present = (): Map<string, Fields> =>
      new Map([...this.held].map(([symbol, lots]) => [symbol, this.positionRow(symbol, lots)]));
    return {
      begin: () => {
        told = present();
        return [...told.values()].map((row) => JSON.stringify(row));
      },
      pulse: () => {
        const before = told;
        told = present();
        const gone = [...before].filter(([symbol]) => !told.has(symbol));
        return [
          ...gone.map(([, { PositionID }]) => JSON.stringify({ PositionID, Deleted: true })),
          ...[...told].flatMap(([symbol, row]) => {
            const changed = changes(before.get(symbol) ?? {}, row);
            return Object.keys(changed).length === 0
              ? []
              : [JSON.stringify({ PositionID: row['PositionID'], ...changed })];
          }),
        ];
      },
    };
  }

  balanceRow(): Fields {
    const { free, locked } = this.trader.balances.get('USD') ?? { free: 0n, locked: 0n };
    const [first] = this.config.instruments;
    const decimals = first === undefined ? 0 : first.units.priceDecimals + first.units.sizeDecimals;
    return {
      ...{ AccountID: this.config.account, AccountType: 'Margin', CashBalance: decimalText(free + locked, decimals) },
      ...{ BuyingPower: decimalText(free, decimals), Equity: decimalText(free + locked, decimals), MarketValue: '0' },
      ...{ TodaysProfitLoss: '0', UnclearedDeposit: '0', Commission: '0', BalanceDetail: { DayTrades: '0' } },
    };
  }

  private positionRow(symbol: string, lots: number): Fields {
    const { units, tape } = this.instrument(symbol);
    const place = [...this.bySymbol.keys()].indexOf(symbol);
    return {
      ...{ AccountID: this.config.account, AssetType: 'STOCK', PositionID: String(64_630_792 + place), Symbol: symbol },
      ...{ LongShort: lots < 0 ? 'Short' : 'Long', Quantity: units.sizeText(lots), AveragePrice: units.priceText(0) },
      ...{ Last: units.priceText(tape.lastTick), Timestamp: '2026-05-04T13:31:00Z' },
    };
  }

  private instrument(symbol: string): SimulatedInstrument {
    const found = this.bySymbol.get(symbol);
    if (found === undefined) throw new RangeError(`no instrument ${symbol}`);
    return found;
  }
}
