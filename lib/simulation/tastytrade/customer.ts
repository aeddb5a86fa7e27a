import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { between, type Random } from '../random.js';
import type { Account } from './account.js';
import type { Agenda } from './agenda.js';
import { moneyOf } from './money.js';
import { isOver, type SimulatedOrder } from './order.js';

export interface CustomerConfig {
  readonly account: Account;
  readonly agenda: Agenda;
  readonly market: SimulatedMarket;
  readonly random: Random;
  /** Chance of something happening in a step, in [0, 1]. */
  readonly activity: number;
}

/** A customer of moods, who trades on an account. */
export class Customer {
  constructor(private readonly config: CustomerConfig) {}

  /** What the passing of time brings. */
  step(): void {
    const { agenda, random, activity } = this.config;
    agenda.step();
    if (random() < activity) this.act();
  }

  private act(): void {
    const { account, random } = this.config;
    const live = [...account.orders.values()].filter(({ status }) => status === 'Live');
    const one = this.draw(live);
    const mood = random();
    if (mood < 0.5 || one === undefined) this.place();
    else if (mood < 0.65) account.change(one.id, { status: 'Cancelled' });
    else if (mood < 0.8 && one.complex === undefined) this.replace(one);
    else if (mood < 0.85) account.deposit(moneyOf(String(between(random, 1, 500))));
    else if (mood < 0.9) account.countDayTrade();
    else account.fill(one, one.size, true);
  }

  private place(): void {
    const { account, agenda, market, random } = this.config;
    const symbol = this.draw(market.symbols);
    const book = symbol === undefined ? undefined : market.trueBook(symbol);
    const side = random() < 0.5 ? 'Buy' : 'Sell';
    const best = side === 'Buy' ? book?.asks[0] : book?.bids[0];
    if (symbol === undefined || best === undefined) return;
    const order = account.open(symbol, side, between(random, 1, 6), moneyOf(best[0]));
    const { id } = order;
    if (random() < 0.08) {
      agenda.later(50, () => {
        account.change(id, { status: 'Rejected', rejected: true });
      });
      return;
    }
    const isTaken = random() < 0.6;
    if (random() < 0.1 && !isTaken) this.pair(order);
    this.laterIfOpen(50, id, (order) => {
      // A frame that says Live may hold a fill already.
      if (isTaken && random() < 0.5) account.fill(order, 1, false);
      else account.change(id, { status: 'Live' });
    });
    if (!isTaken) return;
    this.laterIfOpen(between(random, 100, 3_000), id, (order) => {
      account.fill(order, order.size, true);
    });
  }

  private pair(order: SimulatedOrder): void {
    const away = moneyOf(this.changeText(order, 5));
    const trigger = order.side === 'Buy' ? order.price + away : order.price - away;
    if (trigger > 0n) this.liveAfter(60, this.config.account.pair(order, trigger));
  }

  private replace(order: SimulatedOrder): void {
    const { account } = this.config;
    this.liveAfter(100, account.replace(order, order.price + moneyOf(this.changeText(order, 1))));
  }

  private liveAfter(ms: number, { id }: SimulatedOrder): void {
    this.laterIfOpen(ms, id, () => {
      this.config.account.change(id, { status: 'Live' });
    });
  }

  /** So many steps of its price. */
  private changeText({ symbol }: SimulatedOrder, ticks: number): string {
    return this.config.market.instrument(symbol)?.units.changeText(ticks) ?? '0.01';
  }

  /** What becomes of an order, unless it is over by then. */
  private laterIfOpen(ms: number, id: number, run: (order: SimulatedOrder) => void): void {
    const { account, agenda } = this.config;
    agenda.later(ms, () => {
      const order = account.orders.get(id);
      if (order !== undefined && !isOver(order)) run(order);
    });
  }

  private draw<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.config.random() * from.length)];
  }
}
