import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { serve } from '../../lib/node/serve.js';
import { type SimulatedTradestation, simulatedTradestation } from '../../lib/simulation/index.js';
import { itWith } from './installed.js';

type Json = Readonly<Record<string, unknown>>;
type Rows = Readonly<Record<string, Json>>;
interface State {
  readonly quotes: Rows;
  readonly bars: Readonly<Record<string, { readonly TotalTicks: number } & Json>>;
  readonly orders: Rows;
  readonly positions: Rows;
  readonly whole: Rows;
  readonly depth: Readonly<Record<'Bids' | 'Asks', readonly Json[]>>;
  readonly aggregates: Readonly<Record<'Bids' | 'Asks', readonly Json[]>>;
  readonly ends: readonly string[];
  readonly errors: readonly unknown[];
  readonly snapshots: readonly string[];
  readonly begun: number;
  readonly option: Json | undefined;
}
interface Rest {
  readonly accounts: readonly Json[];
  readonly balances: { readonly Balances: readonly Json[] };
  readonly positions: { readonly Positions: readonly Json[] };
  readonly orders: { readonly Orders: readonly Json[] };
  readonly first: string;
  readonly byId: { readonly Orders: readonly Json[]; readonly Errors: readonly Json[] };
  readonly quotes: { readonly Quotes: readonly Json[]; readonly Errors: readonly Json[] };
  readonly bars: { readonly Bars: readonly Json[] };
}

const ACCOUNTS = ['SIM0000001M', 'SIM0000002M'];
const SYMBOLS = ['MSFT', 'AAPL', 'ESM26'];

/** The client in a process of its own: each word is answered by what it says of itself. */
function client(base: string) {
  const child = spawn(process.execPath, [join(__dirname, 'tradestation.mjs'), base, ACCOUNTS.join(',')]);
  const errors: string[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(String(text)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const ask = async <T>(word: string): Promise<T> => {
    child.stdin.write(`${word}\n`);
    const line = await lines.next();
    if (line.done === true) throw new Error(`the client is gone: ${errors.join('')}`);
    return JSON.parse(line.value) as T;
  };
  return {
    state: () => ask<State>('state'),
    rest: () => ask<Rest>('rest'),
    close: () => ask<Json>('close'),
    end: async (): Promise<void> => {
      child.stdin.end();
      await exited;
    },
  };
}

/** Asks until it is so; the last answer in any case. */
async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (let i = 0; i < 20_000 && !isSo(answer); i += 1) answer = await ask();
  return answer;
}

const text = (value: unknown): string => JSON.stringify(value);

/** The venue's words for how an order stands. */
const STATUS = { open: 'ACK', partial: 'FPR', filled: 'FLL', cancelled: 'OUT' } as const;

/** What an account has spent by its fills, and at which average price it holds what it holds: a fold of its own. */
function fillsOf(venue: SimulatedTradestation, account: string) {
  const filled = new Map<string, number>();
  const held = new Map<string, { readonly lots: number; readonly cost: number }>();
  let spent = 0;
  for (const { number, symbol, side, tick, filled: whole } of venue.accounts.get(account)?.log ?? []) {
    const price = Number(venue.market.instrument(symbol)?.units.priceText(tick));
    const lots = (whole - (filled.get(String(number)) ?? 0)) * (side === 'buy' ? 1 : -1);
    filled.set(String(number), whole);
    spent += lots * price;
    const before = held.get(symbol) ?? { lots: 0, cost: 0 };
    const after = before.lots + lots;
    const isTurned = Math.sign(after) !== Math.sign(before.lots);
    const isMore = Math.abs(after) > Math.abs(before.lots);
    const added = before.cost + lots * price;
    const kept = before.lots === 0 ? 0 : (before.cost * after) / before.lots;
    held.set(symbol, { lots: after, cost: isTurned ? after * price : isMore ? added : kept });
  }
  const averages = [...held]
    .filter(([, { lots }]) => lots !== 0)
    .map(([symbol, { lots, cost }]) => [symbol, cost / lots]);
  return { spent, averages: Object.fromEntries(averages) as Readonly<Record<string, number>> };
}

/** What the venue truly is, in the words in which {@link toldBy} puts what the client was told. */
function truthOf(venue: SimulatedTradestation): Json {
  const book = venue.market.trueBook('MSFT');
  const sides = [book?.bids.slice(0, 10), book?.asks.slice(0, 10)];
  const desks = ACCOUNTS.flatMap((account) => venue.accounts.get(account) ?? []);
  const positions = ACCOUNTS.flatMap((account) =>
    [...(venue.accounts.get(account)?.held ?? [])].map(([symbol, lots]) => [
      account,
      symbol,
      String(lots),
      lots < 0 ? 'Short' : 'Long',
    ]),
  ).sort();
  return {
    quotes: SYMBOLS.map((symbol) => {
      const instrument = venue.market.instrument(symbol);
      const truth = venue.market.trueBook(symbol);
      const last = instrument?.tape.tradesAfter(instrument.tape.lastTrade - 1)[0];
      const [bid, ask] = [truth?.bids[0], truth?.asks[0]];
      return [symbol, ...(bid ?? []), ...(ask ?? []), last?.price, last?.size];
    }),
    depth: sides,
    aggregates: sides,
    positions,
    whole: positions,
    orders: desks
      .flatMap(({ orders }) =>
        [...orders].map(([id, { filled, lots, symbol, side, tick, status }]) => [
          ...[id, symbol, String(filled), String(lots), String(lots - filled), side === 'buy' ? 'Buy' : 'Sell'],
          ...[venue.market.instrument(symbol)?.units.priceText(tick), STATUS[status]],
        ]),
      )
      .sort(),
  };
}

function toldBy({ quotes, depth, aggregates, orders, positions, whole }: State): Json {
  const added = (levels: readonly Json[] = []): unknown => {
    const sizes = new Map<unknown, number>();
    for (const { Price, Size } of levels) sizes.set(Price, (sizes.get(Price) ?? 0) + Number(Size));
    return [...sizes].map(([price, size]) => [price, String(size)]);
  };
  const held = (rows: Rows): unknown =>
    Object.values(rows)
      .map(({ AccountID, Symbol, Quantity, LongShort }) => [AccountID, Symbol, Quantity, LongShort])
      .sort();
  return {
    quotes: SYMBOLS.map((symbol) => {
      const { Bid, BidSize, Ask, AskSize, Last, LastSize } = quotes[symbol] ?? {};
      return [symbol, Bid, BidSize, Ask, AskSize, Last, LastSize];
    }),
    depth: [added(depth.Bids), added(depth.Asks)],
    aggregates: [aggregates.Bids, aggregates.Asks].map((side) =>
      side.map(({ Price, TotalSize }) => [Price, TotalSize]),
    ),
    positions: held(positions),
    whole: held(whole),
    orders: Object.entries(orders)
      .map(([id, { Legs, LimitPrice, Status }]) => {
        const [leg] = Legs as readonly Json[];
        const { Symbol, ExecQuantity, QuantityOrdered, QuantityRemaining, BuyOrSell } = leg ?? {};
        return [id, Symbol, ExecQuantity, QuantityOrdered, QuantityRemaining, BuyOrSell, LimitPrice, Status];
      })
      .sort(),
  };
}

itWith(
  'tradestation-api-ts',
  'a client of TradeStation comes to what the simulated one truly is, over a lost stream, one that is left, and by request',
  async () => {
    const venue = simulatedTradestation({
      accounts: ACCOUNTS,
      activity: 5,
      accountActivity: 0.9,
      stepEvery: 20,
      faults: [{ fault: 'goAway', at: 1_000, target: 'quotes/MSFT', count: 1 }],
    });
    const served = await serve(venue);
    const { state, rest, close, end } = client(served.httpUrl);
    try {
      const came = await until(state, ({ begun, orders, quotes, positions, option }) => {
        const isThere = Object.keys(orders).length > 20 && Object.keys(positions).length > 3 && option !== undefined;
        return begun === 2 && isThere && SYMBOLS.every((symbol) => symbol in quotes);
      });
      expect(came).toMatchObject({ ends: ['quotes'], begun: 2 });
      expect(came.errors).toEqual([['quotes', { Error: 'GoAway', Message: 'The server is about to shut down.' }]]);
      expect(new Set(came.snapshots)).toEqual(
        new Set(['orders', 'positions', 'whole'].map((name) => `${name} EndSnapshot`)),
      );
      expect(came.option).toMatchObject({ Legs: [{ Ratio: 1, AssetType: 'StockOption' }] });

      venue.market.stop();
      const truth = truthOf(venue);
      const last = await until(state, (one) => text(toldBy(one)) === text(truth));
      expect(toldBy(last)).toEqual(truth);
      const bars = Object.values(last.bars);
      const open = bars.at(-1);
      const trades = (venue.market.instrument('MSFT')?.tape.tradesAfter(0) ?? []).slice(-(open?.TotalTicks ?? 0));
      const prices = trades.map(({ price }) => Number(price));
      expect([open?.['Open'], open?.['Close'], open?.['TotalVolume']]).toEqual([
        ...[trades[0]?.price, trades.at(-1)?.price],
        String(trades.reduce((sum, { size }) => sum + Number(size), 0)),
      ]);
      expect([Number(open?.['High']), Number(open?.['Low'])]).toEqual([Math.max(...prices), Math.min(...prices)]);

      const asked = await rest();
      expect(asked.accounts.map(({ AccountID }) => AccountID)).toEqual(ACCOUNTS);
      expect(asked.balances.Balances.map(({ AccountID }) => AccountID)).toEqual(ACCOUNTS);
      // Each account begins with what a thousand usual orders of every instrument cost.
      const first = venue.market.symbols.reduce((sum, symbol) => {
        const { price, size } = venue.market.instrument(symbol)?.spec ?? {};
        return sum + 1_000 * Number(size) * Number(price);
      }, 0);
      for (const { AccountID, CashBalance, MarketValue, Equity } of asked.balances.Balances) {
        const { spent } = fillsOf(venue, String(AccountID));
        expect(Number(CashBalance)).toBeCloseTo(first - spent, 2);
        expect(Number(Equity)).toBeCloseTo(Number(CashBalance) + Number(MarketValue), 2);
      }
      for (const { AccountID, Symbol, AveragePrice } of Object.values(last.positions)) {
        expect(Number(AveragePrice)).toBeCloseTo(fillsOf(venue, String(AccountID)).averages[String(Symbol)] ?? NaN, 2);
      }
      expect(asked.orders.Orders.length).toBe(Object.keys(last.orders).length);
      for (const order of asked.orders.Orders) expect(last.orders[String(order['OrderID'])]).toEqual(order);
      for (const row of asked.positions.Positions) expect(last.positions[String(row['PositionID'])]).toEqual(row);
      expect(last.whole).toEqual(last.positions);
      expect(asked.byId.Orders).toEqual([last.orders[asked.first]]);
      expect(asked.byId.Errors).toMatchObject([{ OrderID: '1', Error: 'NotFound' }]);
      const { NetChangePct: percent, ...quote } = asked.quotes.Quotes[0] ?? {};
      const { NetChangePct: fraction, ...streamed } = last.quotes['MSFT'] ?? {};
      expect(quote).toEqual(streamed);
      expect(Number(percent)).toBeCloseTo(100 * Number(fraction), 1);
      expect(asked.quotes.Errors).toEqual([{ Symbol: 'NOPE', Error: 'FAILED, INVALID SYMBOL' }]);
      expect(asked.bars.Bars).toHaveLength(3);

      const before = venue.stats().open;
      await close();
      await until(state, () => venue.stats().open < before);
      expect(venue.stats().open).toBe(before - 1);
      await end();
      expect(venue.stats().violations).toEqual([]);
    } finally {
      await served.close();
      venue.close();
    }
  },
  60_000,
);
