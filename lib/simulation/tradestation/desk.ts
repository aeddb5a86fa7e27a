import { SimulatedAccount, type AccountOrder } from '../accounts/simulatedAccount.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import { random, seedFor } from '../random.js';
import { balanceRow } from './balanceRow.js';
import { type Holding, holdingAfter, positionRow } from './holding.js';
import { orderRow } from './orderRow.js';
import { changes, type Fields, type StreamSource } from './streamSource.js';

export interface DeskConfig {
  readonly account: string;
  /** Its place among the accounts, from 1: no two have an id in common. */
  readonly number: number;
  readonly instruments: readonly SimulatedInstrument[];
  readonly seed: number;
  readonly activity: number;
}

/** One account, which trades by a mind of its own, and what the venue tells of it. */
export class Desk {
  /** Every order of the day as it stands, oldest first: the truth. */
  readonly orders = new Map<string, AccountOrder>();
  /** How much is held of each symbol, in lots; only what is not 0: the truth. */
  readonly held = new Map<string, number>();
  /** Each state of each order, in order, since the beginning. */
  readonly log: AccountOrder[] = [];
  private readonly holdings = new Map<string, Holding>();
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
      const { side, symbol, tick } = order;
      const id = this.idOf(order);
      const lots = order.filled - (this.orders.get(id)?.filled ?? 0);
      this.orders.set(id, order);
      this.log.push(order);
      if (lots === 0) continue;
      const price = this.instrument(symbol).units.price(tick);
      const after = holdingAfter(this.holdings.get(symbol), side === 'buy' ? lots : -lots, price, now);
      if (after === undefined) {
        this.holdings.delete(symbol);
        this.held.delete(symbol);
      } else {
        this.holdings.set(symbol, after);
        this.held.set(symbol, after.lots);
      }
    }
  }

  idOf({ number }: AccountOrder): string {
    return `9588${String(this.config.number).padStart(4, '0')}${String(number).padStart(5, '0')}`;
  }

  orderRow(order: AccountOrder): Fields {
    return orderRow(this.instrument(order.symbol), order, this.config.account, this.idOf(order));
  }

  /** The newest state of each order, or of those with these ids, then each state as it comes. */
  orderSource(ids?: readonly string[]): StreamSource {
    let emitted = this.log.length;
    const rows = (orders: Iterable<AccountOrder>): readonly string[] =>
      [...orders]
        .filter((order) => ids === undefined || ids.includes(this.idOf(order)))
        .map((order) => JSON.stringify(this.orderRow(order)));
    return {
      begin: () => {
        emitted = this.log.length;
        return rows(this.orders.values());
      },
      pulse: () => {
        const news = this.log.slice(emitted);
        emitted = this.log.length;
        return rows(news);
      },
    };
  }

  /** Every position, by its symbol. */
  positionRows(): ReadonlyMap<string, Fields> {
    return new Map([...this.holdings].map(([symbol, holding]) => [symbol, this.positionRow(symbol, holding)]));
  }

  /** All positions, then each that is another than before: what has changed of it, or the whole. */
  positionSource(onlyChanges: boolean): StreamSource {
    let emitted: ReadonlyMap<string, Fields> = new Map();
    return {
      begin: () => {
        emitted = this.positionRows();
        return [...emitted.values()].map((row) => JSON.stringify(row));
      },
      pulse: () => {
        const before = emitted;
        emitted = this.positionRows();
        const gone = [...before].filter(([symbol]) => !emitted.has(symbol));
        return [
          ...gone.map(([, { PositionID }]) => JSON.stringify({ PositionID, Deleted: true })),
          ...[...emitted].flatMap(([symbol, row]) => {
            const changed = changes(before.get(symbol) ?? {}, row);
            if (Object.keys(changed).length === 0) return [];
            return [JSON.stringify(onlyChanges ? { PositionID: row['PositionID'], ...changed } : row)];
          }),
        ];
      },
    };
  }

  accountRow(): Fields {
    return {
      AccountID: this.config.account,
      AccountType: 'Margin',
      Currency: 'USD',
      Status: 'Active',
      AccountDetail: {
        IsStockLocateEligible: false,
        EnrolledInRegTProgram: true,
        RequiresBuyingPowerWarning: false,
        DayTradingQualified: true,
        OptionApprovalLevel: 3,
        PatternDayTrader: false,
      },
    };
  }

  balanceRow(): Fields {
    const { free, locked } = this.trader.balances.get('USD') ?? { free: 0n, locked: 0n };
    const [first] = this.config.instruments;
    const decimals = first === undefined ? 0 : first.units.priceDecimals + first.units.sizeDecimals;
    const cash = decimalText(free + locked, decimals);
    return balanceRow({
      account: this.config.account,
      cash,
      power: decimalText(free, decimals),
      positions: [...this.positionRows().values()],
    });
  }

  private positionRow(symbol: string, holding: Holding): Fields {
    const { account, number } = this.config;
    const place = [...this.bySymbol.keys()].indexOf(symbol);
    const id = String(64_629_792 + 1_000 * number + place);
    return positionRow(this.instrument(symbol), holding, { account, id });
  }

  private instrument(symbol: string): SimulatedInstrument {
    const found = this.bySymbol.get(symbol);
    if (found === undefined) throw new RangeError(`no instrument ${symbol}`);
    return found;
  }
}
