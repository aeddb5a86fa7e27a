import { VirtualTimeScheduler } from 'rxjs';
import { simulatedTradestation } from '../../../lib/simulation/index.js';

// What a simulated TradeStation answers about accounts against their orders and the trades of its market.

type Json = Readonly<Record<string, unknown>>;
const ACCOUNTS = ['SIM0000001M', 'SIM0000002M'];
const PATH = `https://api.tradestation.com/v3/brokerage/accounts/${ACCOUNTS.join(',')}`;
/** What a point of the price of a future is worth, in dollars. */
const POINT = 50;

/** A venue whose accounts have traded for half a minute and whose market stands still since. */
function traded(seed: number) {
  const scheduler = new VirtualTimeScheduler();
  const config = { scheduler, seed, latency: 0, activity: 5, accountActivity: 0.9, accounts: ACCOUNTS };
  const venue = simulatedTradestation(config);
  const pass = (ms: number): void => {
    scheduler.schedule(() => undefined, ms);
    scheduler.maxFrames = scheduler.now() + ms;
    scheduler.flush();
  };
  const ask = (url: string, headers: Readonly<Record<string, string>> = {}, body?: string): Json => {
    let answer: unknown;
    const method = body === undefined ? 'GET' : 'POST';
    venue.network
      .request({ method, url, headers, ...(body !== undefined && { body }) })
      .subscribe((response) => (answer = JSON.parse(response.body)));
    pass(1);
    return answer as Json;
  };
  const form = 'grant_type=refresh_token&client_id=me&refresh_token=simulated-refresh-token';
  const token = ask('https://signin.tradestation.com/oauth/token', {}, form)['access_token'];
  const headers = { Authorization: `Bearer ${String(token)}` };
  venue.network
    .open({ url: 'https://api.tradestation.com/v3/marketdata/stream/quotes/MSFT', headers })
    .subscribe(({ messages }) => messages.subscribe());
  pass(30_000);
  venue.market.stop();
  return { venue, get: (path: string) => ask(`${PATH}/${path}`, headers) };
}
type Venue = ReturnType<typeof traded>['venue'];

interface Held {
  readonly lots: number;
  readonly cost: number;
  /** The venue keeps whole cents: as many of them may be lost as there were fills. */
  readonly fills: number;
}

/** What an account holds by its fills, and what that has cost: what is added at its price, what goes by its share. */
function holdingsOf(venue: Venue, account: string): ReadonlyMap<string, Held> {
  const filled = new Map<number, number>();
  const held = new Map<string, Held>();
  for (const order of venue.accounts.get(account)?.log ?? []) {
    const { number, symbol, side, tick } = order;
    const price = Number(venue.market.instrument(symbol)?.units.priceText(tick));
    const news = (order.filled - (filled.get(number) ?? 0)) * (side === 'buy' ? 1 : -1);
    filled.set(number, order.filled);
    const { lots, cost, fills } = held.get(symbol) ?? { lots: 0, cost: 0, fills: 0 };
    const after = lots + news;
    const isTurned = lots === 0 || Math.sign(after) !== Math.sign(lots);
    const isMore = Math.abs(after) > Math.abs(lots);
    held.set(symbol, {
      lots: after,
      fills: news === 0 ? fills : fills + 1,
      cost: isTurned ? after * price : isMore ? cost + news * price : (cost * after) / lots,
    });
  }
  return new Map([...held].filter(([, { lots }]) => lots !== 0));
}

/** The sums of money that a position is told by, as they follow from what is held and the last trade. */
function moneyOf(venue: Venue, symbol: string, { lots, cost }: Held): readonly number[] {
  const { tape } = venue.market.instrument(symbol) ?? {};
  const last = Number(tape?.tradesAfter(tape.lastTrade - 1)[0]?.price);
  const isFuture = symbol.startsWith('ES');
  const [value, total] = [last * lots, cost].map((sum) => sum * (isFuture ? POINT : 1)) as [number, number];
  const gain = value - total;
  const each = gain / Math.abs(lots);
  return [
    last,
    cost / lots,
    isFuture ? 0 : total,
    isFuture ? 0 : value,
    gain,
    gain,
    each,
    (100 * gain) / Math.abs(total),
  ];
}
const MONEY = [
  ...['Last', 'AveragePrice', 'TotalCost', 'MarketValue', 'TodaysProfitLoss', 'UnrealizedProfitLoss'],
  ...['UnrealizedProfitLossQty', 'UnrealizedProfitLossPercent'],
];
const about = (value: number): number => expect.closeTo(value, 4) as number;
const sumOf = (rows: readonly Json[], name: string): number => rows.reduce((sum, row) => sum + Number(row[name]), 0);

describe('an account of a simulated TradeStation', () => {
  it('has gained what its positions are worth by the last trades beyond what they have cost', () => {
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 4; seed += 1) {
      const { venue, get } = traded(seed);
      const rows = get('positions')['Positions'] as readonly Json[];
      const truth = ACCOUNTS.flatMap((account) =>
        [...holdingsOf(venue, account)].map(([symbol, held]) => ({ account, symbol, held })),
      );
      expect(rows).toHaveLength(truth.length);
      for (const { account, symbol, held } of truth) {
        const row = rows.find((one) => one['AccountID'] === account && one['Symbol'] === symbol);
        const money = moneyOf(venue, symbol, held);
        expect([row?.['Quantity'], row?.['LongShort']]).toEqual([String(held.lots), held.lots < 0 ? 'Short' : 'Long']);
        const slack = 0.01 + held.fills * (row?.['AssetType'] === 'FUTURE' ? 0.01 * POINT : 0.01);
        const isOff = (name: string, place: number) =>
          !(Math.abs(Number(row?.[name]) - (money[place] ?? NaN)) <= slack);
        expect([account, symbol, MONEY.filter(isOff)]).toEqual([account, symbol, []]);
        const gain = Number(row?.['TodaysProfitLoss']);
        kinds.add(`${String(row?.['AssetType'])} ${String(row?.['LongShort'])} ${gain < 0 ? 'lost' : 'gained'}`);
      }

      for (const balance of get('balances')['Balances'] as readonly Json[]) {
        const own = rows.filter(({ AccountID }) => AccountID === balance['AccountID']);
        for (const name of ['TodaysProfitLoss', 'MarketValue']) {
          expect([name, Number(balance[name])]).toEqual([name, about(sumOf(own, name))]);
        }
        const detail = balance['BalanceDetail'] as Json;
        expect(Number(detail['CostOfPositions'])).toBeCloseTo(sumOf(own, 'TotalCost'), 4);
        expect(Number(detail['UnrealizedProfitLoss'])).toBeCloseTo(sumOf(own, 'UnrealizedProfitLoss'), 4);
      }
    }
    // Gains and losses, of what was bought and of what was sold.
    expect([...kinds]).toEqual(
      expect.arrayContaining(['STOCK Long gained', 'STOCK Long lost', 'STOCK Short gained', 'STOCK Short lost']),
    );
    expect([...kinds].some((kind) => kind.startsWith('FUTURE'))).toBe(true);
  });

  it('tells its orders in pages of the size that is asked for, each once and none left out', () => {
    const { venue, get } = traded(1);
    const all = ACCOUNTS.flatMap((account) => [...(venue.accounts.get(account)?.orders.keys() ?? [])]);
    expect(all.length).toBeGreaterThan(50);
    for (const size of [10, 25, all.length - 1, all.length, all.length + 1]) {
      const pages: (readonly unknown[])[] = [];
      for (let more: string | undefined = ''; more !== undefined;) {
        const page = get(`orders?pageSize=${String(size)}${more}`);
        pages.push((page['Orders'] as readonly Json[]).map(({ OrderID }) => OrderID));
        const next = page['NextToken'] as string | undefined;
        more = next === undefined ? undefined : `&nextToken=${next}`;
      }
      expect(pages.flat()).toEqual(all);
      expect(pages.map(({ length }) => length)).toEqual(
        Array.from({ length: Math.ceil(all.length / size) }, (_, page) => Math.min(size, all.length - page * size)),
      );
    }
  });
});
