import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { TapeTrade } from '../market/tape.js';
import { between, type Random } from '../random.js';

/** One order of an account, as it stands. */
export interface AccountOrder {
  /** Counts from 1, per account. */
  readonly number: number;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  /** The price, in ticks of the instrument. */
  readonly tick: number;
  /** The size, in lots of the instrument; `filled` likewise. */
  readonly lots: number;
  readonly filled: number;
  /** Price × size of its fills, in quote units of the venue. */
  readonly paid: bigint;
  readonly status: 'open' | 'partial' | 'filled' | 'cancelled';
  /** In ms. */
  readonly placedAt: number;
  /** In ms. */
  readonly changedAt: number;
}

/** A part of a trade of the market that an order of an account had: at the order's own price. */
export interface AccountFill extends TapeTrade {
  /** Of the instrument. */
  readonly symbol: string;
}

/** What an account holds of one asset, in whole numbers of the venue's smallest units. */
export interface AccountBalance {
  readonly free: bigint;
  readonly locked: bigint;
}

/** What one step did to an account. */
export interface AccountChanges {
  /** Each state of each order, in order. */
  readonly orders: readonly AccountOrder[];
  /** Assets whose balance is another than before. */
  readonly assets: readonly string[];
  /** Whether the account acted. */
  readonly acted: boolean;
}

/** An instrument as its venue counts it. */
export interface AccountInstrument {
  readonly instrument: SimulatedInstrument;
  /** Names of the assets in {@link SimulatedAccount.balances}. */
  readonly base: string;
  readonly quote: string;
  /** Lots as smallest units of the base. */
  readonly baseUnits: (lots: number) => bigint;
  /** What so many lots cost at a price, in smallest units of the quote. */
  readonly quoteUnits: (tick: number, lots: number) => bigint;
}

/** What a simulated account trades, how often, and by which randomness. */
export interface SimulatedAccountConfig {
  readonly random: Random;
  readonly instruments: readonly AccountInstrument[];
  /** How often it acts in a step, in [0, 1]. Default: 0.2. */
  readonly activity?: number;
}

const MOST_OPEN = 6;
const REMEMBERED = 2_000;
/** What it begins with, in usual orders of each instrument. */
const WEALTH = 1_000;
const NOTHING: AccountBalance = { free: 0n, locked: 0n };

/**
 * Somebody who trades on a simulated market: places limit orders near the best price, now and then cancels one, and is
 * filled when the market trades at or through the price of an order. Nobody else sees these orders: the market is decided
 * by its seed alone, whoever has an account.
 */
export class SimulatedAccount {
  private readonly open: AccountOrder[] = [];
  private closed: readonly AccountOrder[] = [];
  private fills: readonly AccountFill[] = [];
  private readonly holdings = new Map<string, AccountBalance>();
  private readonly lastTrades = new Map<string, number>();
  private placed = 0;
  private actions = 0;

  constructor(private readonly config: SimulatedAccountConfig) {
    for (const { instrument, base, quote, baseUnits, quoteUnits } of config.instruments) {
      const lots = instrument.units.usualLots * WEALTH;
      this.change(base, baseUnits(lots), 0n);
      this.change(quote, quoteUnits(0, lots), 0n);
      this.lastTrades.set(instrument.spec.symbol, instrument.tape.lastTrade);
    }
  }

  /** Those that rest, in the order in which they came. */
  get openOrders(): readonly AccountOrder[] {
    return [...this.open];
  }

  /** Those that are filled or cancelled, in the order of their ends; the newest 2,000. */
  get closedOrders(): readonly AccountOrder[] {
    return this.closed;
  }

  /** What its orders of an instrument had of the trades of the market, oldest first; the newest 2,000 of all instruments. */
  fillsOf(symbol: string): readonly AccountFill[] {
    return this.fills.filter((fill) => fill.symbol === symbol);
  }

  /** By asset. */
  get balances(): ReadonlyMap<string, AccountBalance> {
    return new Map(this.holdings);
  }

  /** How often it acted. */
  get nonce(): number {
    return this.actions;
  }

  /** What open orders hold back of an asset, by symbol. */
  lockedOf(asset: string): ReadonlyMap<string, bigint> {
    const locked = new Map<string, bigint>();
    for (const order of this.open) {
      const market = this.config.instruments.find(({ instrument }) => instrument.spec.symbol === order.symbol);
      const held = market === undefined ? undefined : reserved(order, market);
      if (held?.asset === asset) locked.set(order.symbol, (locked.get(order.symbol) ?? 0n) + held.amount);
    }
    return locked;
  }

  /** One step of the market: what the account does in it, and what changed. */
  step(now: number): AccountChanges {
    const { random, activity = 0.2 } = this.config;
    const orders: AccountOrder[] = [];
    const before = this.balances;
    const acted = this.actions;
    for (const market of this.config.instruments) this.fill(market, now, orders);
    if (random() < activity) this.act(now, orders);
    const assets = [...this.holdings].filter(([asset, balance]) => before.get(asset) !== balance);
    return { orders, assets: assets.map(([asset]) => asset), acted: this.actions !== acted };
  }

  private act(now: number, orders: AccountOrder[]): void {
    const { random, instruments } = this.config;
    const victim = this.open[Math.floor(random() * this.open.length)];
    if (victim !== undefined && (this.open.length >= MOST_OPEN || random() < 0.3)) {
      this.actions += 1;
      orders.push(this.put({ ...victim, status: 'cancelled', changedAt: now }));
      return;
    }
    const market = instruments[Math.floor(random() * instruments.length)];
    if (market === undefined) return;
    const { book, units, spec } = market.instrument;
    const side = random() < 0.5 ? 'buy' : 'sell';
    const away = between(random, 0, 4) * (spec.grain ?? 1);
    const best = side === 'buy' ? book.bids : book.asks;
    const tick = best.turn(best.bestKey - away);
    const lots = between(random, 1, units.usualLots);
    const order = { number: this.placed + 1, symbol: spec.symbol, side, tick, lots, filled: 0, paid: 0n } as const;
    const placed: AccountOrder = { ...order, status: 'open', placedAt: now, changedAt: now };
    const { asset, amount } = reserved(placed, market);
    if (tick < units.lowestTick || this.balance(asset).free < amount) return;
    this.placed += 1;
    this.actions += 1;
    orders.push(this.put(placed));
  }

  private fill(market: AccountInstrument, now: number, orders: AccountOrder[]): void {
    const { tape, spec, units } = market.instrument;
    for (const trade of tape.tradesAfter(this.lastTrades.get(spec.symbol) ?? 0)) {
      this.lastTrades.set(spec.symbol, trade.id);
      const order = this.open.find(
        ({ symbol, side, tick }) =>
          symbol === spec.symbol && (side === 'buy' ? trade.tick <= tick : trade.tick >= tick),
      );
      if (order === undefined) continue;
      const lots = Math.min(order.lots - order.filled, Math.max(1, trade.lots >> 1));
      const filled = order.filled + lots;
      const paid = order.paid + market.quoteUnits(order.tick, lots);
      const status = filled === order.lots ? 'filled' : 'partial';
      orders.push(this.put({ ...order, filled, paid, status, changedAt: now }));
      // Its order rested: the taker stood on the other side.
      const side = order.side === 'buy' ? 'sell' : 'buy';
      const texts = { price: units.priceText(order.tick), size: units.sizeText(lots) };
      const fill = { id: trade.id, at: trade.at, symbol: spec.symbol, side, tick: order.tick, lots, ...texts } as const;
      this.fills = [...this.fills.slice(1 - REMEMBERED), fill];
    }
  }

  /** Takes over an order's new state, with what it holds back and what it exchanged. */
  private put(order: AccountOrder): AccountOrder {
    const market = this.config.instruments.find(({ instrument }) => instrument.spec.symbol === order.symbol);
    const place = this.open.findIndex(({ number }) => number === order.number);
    const before = this.open[place];
    if (market === undefined) return order;
    if (before !== undefined) this.reserve(before, market, -1n);
    const isOpen = order.status === 'open' || order.status === 'partial';
    if (isOpen) this.reserve(order, market, 1n);
    const bought = market.baseUnits(order.filled - (before?.filled ?? 0));
    const paid = order.paid - (before?.paid ?? 0n);
    const sign = order.side === 'buy' ? 1n : -1n;
    if (bought > 0n) this.change(market.base, sign * bought, 0n);
    if (paid > 0n) this.change(market.quote, -sign * paid, 0n);
    if (before !== undefined) this.open.splice(place, 1);
    if (isOpen) this.open.splice(before === undefined ? this.open.length : place, 0, order);
    else this.closed = [...this.closed.slice(1 - REMEMBERED), order];
    return order;
  }

  private reserve(order: AccountOrder, market: AccountInstrument, sign: bigint): void {
    const { asset, amount } = reserved(order, market);
    this.change(asset, -sign * amount, sign * amount);
  }

  private balance(asset: string): AccountBalance {
    return this.holdings.get(asset) ?? NOTHING;
  }

  private change(asset: string, free: bigint, locked: bigint): void {
    const before = this.balance(asset);
    this.holdings.set(asset, { free: before.free + free, locked: before.locked + locked });
  }
}

/** What an open order holds back of which asset. */
function reserved(
  { side, tick, lots, filled }: AccountOrder,
  { base, quote, baseUnits, quoteUnits }: AccountInstrument,
): { readonly asset: string; readonly amount: bigint } {
  const left = lots - filled;
  return side === 'buy' ? { asset: quote, amount: quoteUnits(tick, left) } : { asset: base, amount: baseUnits(left) };
}
