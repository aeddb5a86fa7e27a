import { VirtualTimeScheduler } from 'rxjs';
import { type SimulatedTradestation, simulatedTradestation } from '../../../lib/simulation/index.js';
import { tradestation } from '../../../lib/venues/tradestation/index.js';
import * as examples from './examples.js';

type Json = Readonly<Record<string, unknown>>;
const ONE = 'SIM0000001M';
const TWO = 'SIM0000002M';
const BASE = 'https://api.tradestation.com';
const keysOf = (value: unknown): readonly string[] => Object.keys(value as Json).sort();
const example = (list: readonly string[], i = 0): Json => JSON.parse(list[i] ?? '') as Json;

/** A venue in virtual time, and who talks to it without any client. */
function raw(): {
  readonly venue: SimulatedTradestation;
  readonly pass: (ms: number) => void;
  readonly get: (path: string) => { readonly status: number; readonly body: Json };
  readonly open: (path: string) => { readonly frames: Json[]; readonly ends: unknown[]; readonly stop: () => void };
} {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedTradestation({ scheduler, accounts: [ONE, TWO], accountActivity: 0.9, activity: 5 });
  let now = 0;
  const pass = (ms: number): void => {
    now += ms;
    scheduler.schedule(() => undefined, ms);
    scheduler.maxFrames = now;
    scheduler.flush();
  };
  const send = (method: 'GET' | 'POST', url: string, headers: Readonly<Record<string, string>>, body?: string) => {
    let answer = { status: 0, body: '' };
    venue.network
      .request({ method, url, headers, ...(body !== undefined && { body }) })
      .subscribe((response) => (answer = response));
    for (let waited = 0; answer.body === '' && waited < 1_000; waited += 1) pass(1);
    return { status: answer.status, body: JSON.parse(answer.body) as Json };
  };
  const form = 'grant_type=refresh_token&client_id=me&refresh_token=simulated-refresh-token';
  const token = send('POST', 'https://signin.tradestation.com/oauth/token', {}, form).body['access_token'];
  const headers = { Authorization: `Bearer ${String(token)}` };
  // The market goes on while somebody hears it.
  venue.network.open({ url: `${BASE}/v3/marketdata/stream/quotes/SPY`, headers }).subscribe();
  return {
    venue,
    pass,
    get: (path) => send('GET', `${BASE}${path}`, headers),
    open: (path) => {
      const frames: Json[] = [];
      const ends: unknown[] = [];
      const wire = venue.network.open({ url: `${BASE}${path}`, headers }).subscribe({
        next: ({ messages }) => messages.subscribe((line) => frames.push(JSON.parse(line) as Json)),
        error: (error) => ends.push(error),
      });
      pass(100);
      return { frames, ends, stop: () => wire.unsubscribe() };
    },
  };
}

const LATER = ['LastSize', 'LastVenue', 'VWAP'];
const FUTURE = ['FirstNoticeDate', 'LastTradingDate'];

it('full quotes have all that the OpenAPI sample has, futures their dates, and changes follow', () => {
  const { open, get, pass } = raw();
  const { frames } = open('/v3/marketdata/stream/quotes/MSFT,ESM26,NOPE');
  const required = [...keysOf(example(examples.quotes)), 'High', 'Low', ...LATER].sort();
  expect(frames[0]).toEqual({ Symbol: 'NOPE', Error: 'FAILED, INVALID SYMBOL' });
  expect(keysOf(frames[1])).toEqual(required);
  expect(keysOf(frames[2])).toEqual([...required, ...FUTURE].sort());
  const texts = Object.entries(frames[1] ?? {}).filter(([name]) => name !== 'MarketFlags');
  expect(texts.filter(([, value]) => typeof value !== 'string')).toEqual([]);
  pass(5_000);
  const change = frames.slice(3).find(({ Symbol }) => Symbol === 'MSFT');
  expect(keysOf(change).length).toBeLessThan(required.length);

  const { body } = get('/v3/marketdata/quotes/MSFT,ESM26,NOPE');
  const [msft, future] = body['Quotes'] as readonly Json[];
  expect([keysOf(msft), keysOf(future)]).toEqual([required, [...required, ...FUTURE].sort()]);
  expect(body['Errors']).toEqual([{ Symbol: 'NOPE', Error: 'FAILED, INVALID SYMBOL' }]);
  // A fraction on the stream, percent in the answer.
  const held: Json = Object.assign({}, ...frames.filter(({ Symbol }) => Symbol === 'MSFT')) as Json;
  expect(Number(msft?.['NetChangePct'])).toBeCloseTo(100 * Number(held['NetChangePct']), 1);
  expect(msft).toMatchObject({ PreviousClose: held['PreviousClose'] });
});

it('spreads have all that the OpenAPI sample has, calls and puts; without greeks their prices only', () => {
  const { open } = raw();
  const { frames } = open('/v3/marketdata/stream/options/chains/MSFT?strikeProximity=2');
  const required = keysOf(example(examples.spreads));
  expect(frames.map(({ Side }) => Side)).toEqual([...Array<string>(4).fill('Call'), ...Array<string>(4).fill('Put')]);
  for (const frame of frames) {
    expect(keysOf(frame)).toEqual(required);
    expect(keysOf((frame['Legs'] as readonly Json[])[0])).toEqual(
      keysOf((example(examples.spreads)['Legs'] as readonly Json[])[0]),
    );
  }
  const { frames: bare } = open('/v3/marketdata/stream/options/chains/MSFT?enableGreeks=false&optionType=Put');
  expect(new Set(bare.map(({ Side }) => Side))).toEqual(new Set(['Put']));
  expect(bare[0]).not.toHaveProperty('Delta');
  const { frames: legs } = open(
    '/v3/marketdata/stream/options/quotes?legs[0].Symbol=MSFT%20261218C400&legs[1].Symbol=MSFT%20261218P400&legs[1].Ratio=-1',
  );
  expect(legs[0]).toMatchObject({ Side: 'Both', Strikes: ['400', '400'], Legs: [{ Ratio: 1 }, { Ratio: -1 }] });
});

const POSITION = keysOf(example(examples.positions));

it('positions are whole at first, then changes where they are asked for, and whole where not', () => {
  const { open, get, pass, venue } = raw();
  pass(60_000);
  const changing = open(`/v3/brokerage/stream/accounts/${ONE}/positions?changes=true`).frames;
  const whole = open(`/v3/brokerage/stream/accounts/${ONE}/positions`).frames;
  pass(30_000);
  const endOf = (frames: readonly Json[]): number => frames.findIndex(({ StreamStatus }) => StreamStatus !== undefined);
  expect(endOf(changing)).toBeGreaterThan(0);
  const isWhole = (frame: Json): boolean => POSITION.every((name) => name in frame);
  for (const frames of [changing, whole]) {
    expect(frames.slice(0, endOf(frames)).filter((frame) => !isWhole(frame))).toEqual([]);
  }
  const later = (frames: readonly Json[]): readonly Json[] =>
    frames.slice(endOf(frames) + 1).filter((frame) => 'PositionID' in frame && frame['Deleted'] !== true);
  expect(later(whole).length).toBeGreaterThan(10);
  expect(later(whole).filter((frame) => !isWhole(frame))).toEqual([]);
  expect(later(changing).filter(isWhole).length).toBeLessThan(later(changing).length / 2);

  const { body } = get(`/v3/brokerage/accounts/${ONE},${TWO},NOPE/positions`);
  const rows = body['Positions'] as readonly Json[];
  const truth = [ONE, TWO].flatMap((account) =>
    [...(venue.accounts.get(account)?.held ?? [])].map(([symbol, lots]) => [account, symbol, String(lots)]),
  );
  expect(rows.map(({ AccountID, Symbol, Quantity }) => [AccountID, Symbol, Quantity])).toEqual(truth);
  expect(new Set(rows.map(({ PositionID }) => PositionID)).size).toBe(rows.length);
  expect(body['Errors']).toEqual([{ AccountID: 'NOPE', Error: 'Forbidden', Message: 'Invalid Account ID.' }]);
  const some = get(`/v3/brokerage/accounts/${ONE},${TWO}/positions?symbol=ES*`).body['Positions'] as readonly Json[];
  expect(new Set(some.map(({ Symbol }) => Symbol))).toEqual(new Set(['ESM26']));
});

it('balances follow from what is held and what it is worth', () => {
  const { get, pass, venue } = raw();
  pass(120_000);
  venue.market.stop();
  const [balance = {}] = get(`/v3/brokerage/accounts/${ONE}/balances`).body['Balances'] as readonly Json[];
  const rows = get(`/v3/brokerage/accounts/${ONE}/positions`).body['Positions'] as readonly Json[];
  const sumOf = (name: string): number => rows.reduce((sum, row) => sum + Number(row[name]), 0);
  const detail = balance['BalanceDetail'] as Json;
  expect(rows.length).toBeGreaterThan(2);
  expect(sumOf('MarketValue')).not.toBe(0);
  for (const name of ['MarketValue', 'TodaysProfitLoss']) expect(Number(balance[name])).toBeCloseTo(sumOf(name), 4);
  expect(Number(detail['UnrealizedProfitLoss'])).toBeCloseTo(sumOf('UnrealizedProfitLoss'), 4);
  expect(Number(detail['CostOfPositions'])).toBeCloseTo(sumOf('TotalCost'), 4);
  expect(Number(balance['Equity'])).toBeCloseTo(Number(balance['CashBalance']) + Number(balance['MarketValue']), 4);
});

it('the average price is that of what was bought, by the fills', () => {
  const { get, pass, venue } = raw();
  pass(120_000);
  const rows = get(`/v3/brokerage/accounts/${ONE}/positions`).body['Positions'] as readonly Json[];
  const desk = venue.accounts.get(ONE);
  const filledBefore = new Map<number, number>();
  const books = new Map<string, { lots: number; cost: number }>();
  for (const { number, symbol, side, tick, filled } of desk?.log ?? []) {
    const lots = (side === 'buy' ? 1 : -1) * (filled - (filledBefore.get(number) ?? 0));
    filledBefore.set(number, filled);
    const units = venue.market.instrument(symbol)?.units;
    const before = books.get(symbol) ?? { lots: 0, cost: 0 };
    const price = Number(units?.priceText(tick));
    const after = before.lots + lots;
    const isMore = before.lots === 0 || Math.sign(lots) === Math.sign(before.lots);
    const isTurned = before.lots !== 0 && Math.sign(after) !== Math.sign(before.lots);
    const cost = isTurned ? price * after : isMore ? before.cost + price * lots : (before.cost * after) / before.lots;
    books.set(symbol, { lots: after, cost });
  }
  expect(rows.length).toBeGreaterThan(2);
  for (const { Symbol, AveragePrice } of rows) {
    const { lots, cost } = books.get(String(Symbol)) ?? { lots: 0, cost: 0 };
    expect(Number(AveragePrice)).toBeCloseTo(cost / lots, 2);
  }
});

it('futures are futures: positions, orders', () => {
  const { get, pass } = raw();
  pass(120_000);
  const positions = get(`/v3/brokerage/accounts/${ONE},${TWO}/positions?symbol=ESM26`).body['Positions'];
  expect((positions as readonly Json[]).length).toBeGreaterThan(0);
  for (const row of positions as readonly Json[]) {
    expect(keysOf(row)).toEqual(keysOf(example(examples.positions, 4)));
    expect(row).toMatchObject({ AssetType: 'FUTURE', ExpirationDate: '2026-06-19T00:00:00Z', MarketValue: '0' });
    const gain = (Number(row['Last']) - Number(row['AveragePrice'])) * Number(row['Quantity']) * 50;
    expect(Math.abs(Number(row['UnrealizedProfitLoss']) - gain)).toBeLessThan(
      0.01 * Math.abs(Number(row['Quantity'])) * 50,
    );
  }
  const legs = (get(`/v3/brokerage/accounts/${ONE}/orders`).body['Orders'] as readonly Json[]).flatMap(
    ({ Legs }) => Legs as readonly Json[],
  );
  const types = legs.map(({ Symbol, AssetType, ExpirationDate }) =>
    JSON.stringify([Symbol, AssetType, ExpirationDate]),
  );
  expect(types).toContain('["ESM26","FUTURE","2026-06-19T00:00:00Z"]');
  expect(types).toContain('["MSFT","STOCK",null]');
});

it('several accounts share one stream, and none that is not ours', () => {
  const { open, pass } = raw();
  pass(20_000);
  const orders = open(`/v3/brokerage/stream/accounts/${ONE},${TWO}/orders`).frames;
  const positions = open(`/v3/brokerage/stream/accounts/${ONE},${TWO}/positions?changes=true`).frames;
  pass(10_000);
  const end = orders.findIndex(({ StreamStatus }) => StreamStatus === 'EndSnapshot');
  const accountsOf = (frames: readonly Json[]): ReadonlySet<unknown> =>
    new Set(frames.flatMap(({ AccountID }) => AccountID ?? []));
  expect(accountsOf(orders.slice(0, end))).toEqual(new Set([ONE, TWO]));
  expect(accountsOf(orders.slice(end))).toEqual(new Set([ONE, TWO]));
  expect(accountsOf(positions)).toEqual(new Set([ONE, TWO]));
  const ids = orders.slice(0, end).map(({ OrderID }) => OrderID);
  expect(new Set(ids).size).toBe(ids.length);
  for (const order of orders.slice(0, end)) {
    expect(keysOf(order)).toEqual(expect.arrayContaining(['AccountID', 'Legs', 'OpenedDateTime', 'OrderID', 'Status']));
  }
  const { ends } = open(`/v3/brokerage/stream/accounts/${ONE},NOPE/orders`);
  expect(ends).toMatchObject([{ code: 403 }]);
});

const ORDER = keysOf(example(examples.orders, 3)).filter((name) => name !== 'GoodTillDate');

it('orders by id: these only, on a stream and in an answer, and what is not there', () => {
  const { open, get, pass, venue } = raw();
  pass(30_000);
  const [first = '', second = ''] = [...(venue.accounts.get(ONE)?.orders.keys() ?? [])].slice(-2);
  const stream = open(`/v3/brokerage/stream/accounts/${ONE}/orders/${first},${second}`);
  expect(stream.frames.map(({ OrderID, StreamStatus }) => OrderID ?? StreamStatus)).toEqual([
    first,
    second,
    'EndSnapshot',
  ]);
  for (const order of stream.frames.slice(0, 2)) expect(keysOf(order)).toEqual(expect.arrayContaining([...ORDER]));
  pass(30_000);
  const later = new Set(stream.frames.flatMap(({ OrderID }) => OrderID ?? []));
  expect(later).toEqual(new Set([first, second]));

  const { body } = get(`/v3/brokerage/accounts/${ONE},${TWO}/orders/${first},1`);
  expect((body['Orders'] as readonly Json[]).map(({ OrderID }) => OrderID)).toEqual([first]);
  expect(body['Errors']).toMatchObject([{ OrderID: '1', Error: 'NotFound' }]);
  const { frames } = open(`/v3/brokerage/stream/accounts/${ONE}/orders/1`);
  expect(frames[0]).toMatchObject({ Error: 'NotFound', OrderID: '1', AccountID: ONE });
  const many = Array.from({ length: 51 }, (_, i) => i).join(',');
  expect(open(`/v3/brokerage/stream/accounts/${ONE}/orders/${many}`).ends).toMatchObject([{ code: 400 }]);
});

it('accounts, balances and bars by request', () => {
  const { get, pass } = raw();
  pass(200_000);
  const accounts = get('/v3/brokerage/accounts').body['Accounts'] as readonly Json[];
  expect(accounts.map(({ AccountID }) => AccountID)).toEqual([ONE, TWO]);
  expect(keysOf(accounts[0])).toEqual(['AccountDetail', 'AccountID', 'AccountType', 'Currency', 'Status']);
  expect(keysOf(accounts[0]?.['AccountDetail'])).toEqual([
    ...['DayTradingQualified', 'EnrolledInRegTProgram', 'IsStockLocateEligible', 'OptionApprovalLevel'],
    ...['PatternDayTrader', 'RequiresBuyingPowerWarning'],
  ]);
  const balance = example(examples.balances);
  const [row] = get(`/v3/brokerage/accounts/${ONE}/balances`).body['Balances'] as readonly Json[];
  expect(keysOf(row)).toEqual(keysOf(balance));
  expect(keysOf(row?.['BalanceDetail'])).toEqual(keysOf(balance['BalanceDetail']));

  const bars = get('/v3/marketdata/barcharts/MSFT?interval=1&unit=Minute&barsback=5').body['Bars'] as readonly Json[];
  expect(bars.map(({ IsEndOfHistory }) => IsEndOfHistory)).toEqual([false, false, false, false, true]);
  for (const bar of bars) expect(keysOf(bar)).toEqual(keysOf(example(examples.bars, 2)));
  const ends = (query: string): readonly unknown[] =>
    (get(`/v3/marketdata/barcharts/MSFT?unit=Minute&${query}`).body['Bars'] as readonly Json[]).map(
      ({ Epoch }) => Epoch,
    );
  const all = ends('barsback=6');
  // Also of before anybody asked, when nothing was traded.
  expect(ends('barsback=3&lastdate=1970-01-01T00:01:00Z')).toEqual([-60_000, 0, 60_000]);
  expect(ends(`barsback=3&lastdate=${new Date(Number(all[3])).toISOString()}`)).toEqual(all.slice(1, 4));
  expect(get('/v3/marketdata/barcharts/MSFT?lastdate=then').status).toBe(400);
  expect(get('/v3/marketdata/barcharts/NOPE').status).toBe(404);
  expect(get('/v3/marketdata/barcharts/MSFT?barsback=0').status).toBe(400);
  expect(get('/v3/brokerage/accounts/NOPE/wallets').status).toBe(404);

  const months = get('/v3/marketdata/barcharts/MSFT?unit=Monthly&barsback=14').body['Bars'] as readonly Json[];
  const days = months.map(({ Epoch }) => new Date(Number(Epoch)).toISOString().slice(8));
  expect(new Set(days)).toEqual(new Set(['01T00:00:00.000Z']));
  expect(new Set(months.map(({ Epoch }) => Epoch)).size).toBe(14);
});

it('goes on with heartbeats while nothing comes, and tells all anew to who comes back', () => {
  const { open, pass, venue } = raw();
  const first = open('/v3/brokerage/stream/accounts/SIM0000001M/orders/1');
  pass(16_000);
  const beats = first.frames.filter(({ Heartbeat }) => Heartbeat !== undefined);
  expect(beats.length).toBe(3);
  expect(keysOf(beats[0])).toEqual(['Heartbeat', 'Timestamp']);
  const quotes = open('/v3/marketdata/stream/quotes/MSFT');
  const { open: before } = venue.stats();
  quotes.stop();
  pass(1_000);
  const heard = quotes.frames.length;
  pass(5_000);
  expect([quotes.frames.length, venue.stats().open]).toEqual([heard, before - 1]);
  const again = open('/v3/marketdata/stream/quotes/MSFT');
  expect(keysOf(again.frames[0])).toEqual(keysOf(quotes.frames[0]));
});

it('what a request asks for is honoured, or refused: bars from a date on, and pages', () => {
  const { get, venue } = raw();
  const now = venue.market.now();
  const bars = (query: string): readonly number[] =>
    (get(`/v3/marketdata/barcharts/MSFT?unit=Minute&${query}`).body['Bars'] as readonly Json[]).map(({ Epoch }) =>
      Number(Epoch),
    );
  const since = Math.floor(now / 60_000) * 60_000 - 300_000;
  const first = encodeURIComponent(new Date(since).toISOString());
  const last = encodeURIComponent(new Date(since + 120_000).toISOString());
  const all = bars(`firstdate=${first}`);
  expect(all.length).toBeGreaterThanOrEqual(4);
  expect(all.every((end) => end > since)).toBe(true);
  expect(all[0]).toBe(since + 60_000);
  expect(bars(`firstdate=${first}&lastdate=${last}`)).toEqual([since + 60_000, since + 120_000]);
  for (const query of ['firstdate=then', `firstdate=${first}&barsback=2`])
    expect(get(`/v3/marketdata/barcharts/MSFT?unit=Minute&${query}`).status).toBe(400);
  for (const query of ['pageSize=some', 'pageSize=0', 'pageSize=1.5', 'nextToken=next'])
    expect(get(`/v3/brokerage/accounts/${ONE}/orders?${query}`).status).toBe(400);
});

it('tells of symbols by name, as our own client reads them', () => {
  const { Symbols, Errors } = raw().get('/v3/marketdata/symbols/MSFT,NOPE').body;
  expect(Symbols).toEqual([expect.objectContaining({ Symbol: 'MSFT', AssetType: 'STOCK', Root: 'MSFT' })]);
  expect(Errors).toEqual([{ Symbol: 'NOPE', Error: 'NotFound', Message: 'Symbol not found.' }]);

  const scheduler = new VirtualTimeScheduler(undefined, 60_000);
  const { network } = simulatedTradestation({ scheduler });
  const login = { clientId: 'me', refreshToken: 'simulated-refresh-token' };
  const known: unknown[] = [];
  tradestation({ login, network, scheduler })
    .instrument('ESM26')
    .subscribe((instrument) => known.push(instrument));
  scheduler.flush();
  expect(known).toEqual([expect.objectContaining({ kind: 'future', base: 'ES', tick: '0.01', lot: '1' })]);
});
