import { VirtualTimeScheduler } from 'rxjs';
import { simulatedAccountId, simulatedO2, type SimulatedO2Config } from '../../../lib/simulation/index.js';

type Row = Readonly<Record<string, unknown>>;

/** A venue after a minute of trading, which then stands still, and its requests. */
function traded(config: SimulatedO2Config = {}) {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedO2({ instruments: ['ETHUSDT', 'SOLUSDT'], accountActivity: 0.6, ...config, scheduler });
  const stop = venue.market.run();
  const until = (time: number): void => {
    scheduler.maxFrames = time;
    scheduler.flush();
  };
  // The venue steps while somebody is there.
  const client = venue.network.open({ url: 'ws://venue/v1/ws' }).subscribe();
  until(60_000);
  client.unsubscribe();
  stop();
  const get = (path: string): unknown => {
    const bodies: string[] = [];
    venue.network.request({ method: 'GET', url: `http://venue${path}` }).subscribe(({ body }) => bodies.push(body));
    scheduler.maxFrames += 100;
    scheduler.flush();
    return JSON.parse(bodies[0] ?? 'null');
  };
  const [market] = venue.markets;
  if (market === undefined) throw new Error('no market');
  return { venue, market, get, until, scheduler };
}

const ACCOUNT = simulatedAccountId(1);

describe('orders over REST', () => {
  const list = (query = '') => {
    const { get, market, venue } = traded();
    const { orders } = get(`/v1/orders?market_id=${market.id}&contract=${ACCOUNT}${query}`) as {
      readonly orders: Row[];
    };
    return { orders, account: venue.accounts.get(ACCOUNT) };
  };
  const times = (rows: readonly Row[]): readonly number[] => rows.map(({ timestamp }) => Number(timestamp));

  it('are all of them, newest first, 20 by default', () => {
    const { orders } = list();
    expect(orders).toHaveLength(20);
    expect(new Set(orders.map(({ close }) => close))).toEqual(new Set([true, false]));
    expect(times(orders)).toEqual([...times(orders)].sort((a, b) => b - a));
  });

  it('are the open or the closed ones where that is asked, and oldest first', () => {
    const open = list('&is_open=true&count=200').orders;
    const closed = list('&is_open=false&count=200').orders;
    const asc = list('&direction=asc').orders;
    expect(open.every(({ close }) => close === false)).toBe(true);
    expect(closed.length > 0 && closed.every(({ close }) => close === true)).toBe(true);
    expect(times(asc)).toEqual([...times(asc)].sort((a, b) => a - b));
  });

  it('go on behind an order, and hold what the SDKs require', () => {
    const first = list('&count=5').orders;
    const next = list(`&count=5&start_order_id=${String(first.at(-1)?.['order_id'])}&start_timestamp=1`).orders;
    const whole = list('&count=10').orders;
    expect([...first, ...next]).toEqual(whole);
    for (const order of whole) {
      expect(Object.keys(order)).toEqual(
        expect.arrayContaining(['order_id', 'side', 'order_type', 'quantity', 'price', 'timestamp', 'close']),
      );
    }
  });
});

describe('balances', () => {
  it('tell of each order book what is locked there, all of it, over REST and on the socket', () => {
    const { get, venue } = traded();
    let locked = 0n;
    for (const { id } of venue.assets) {
      const balance = get(`/v1/balance?asset_id=${id}&contract=${ACCOUNT}`) as {
        readonly total_locked: string;
        readonly order_books: Readonly<Record<string, { locked: string; unlocked: string; fee: string }>>;
      };
      const books = Object.values(balance.order_books);
      expect(books.reduce((sum, book) => sum + BigInt(book.locked), 0n)).toBe(BigInt(balance.total_locked));
      for (const book of books) expect(Object.keys(book)).toEqual(['locked', 'unlocked', 'fee']);
      locked += BigInt(balance.total_locked);
    }
    expect(locked).toBeGreaterThan(0n);
    expect(get(`/v1/balance?asset_id=0x1&contract=${ACCOUNT}`)).toMatchObject({ total_locked: '0', order_books: {} });
  });
});

describe('what it tells of trades', () => {
  it('is newest first, at most 50, and goes on behind one', () => {
    const { get, market } = traded();
    const page = (query: string): readonly Row[] => get(`/v1/trades?market_id=${market.id}${query}`) as Row[];
    const first = page('&count=10');
    const next = page(`&count=10&start_trade_id=${String(first.at(-1)?.['trade_id'])}`);
    expect([...first, ...next]).toEqual(page('&count=20'));
    expect(page('&count=100').length).toBeLessThanOrEqual(50);
    expect(page('&direction=asc&count=1')).not.toEqual(page('&count=1'));
    for (const trade of first) {
      expect(Object.keys(trade)).toEqual(
        expect.arrayContaining(['trade_id', 'side', 'total', 'quantity', 'price', 'timestamp']),
      );
    }
  });

  it('of an account is what filled its orders: of the trades that there were, all that its closed orders had', () => {
    const { get, market, venue } = traded();
    const page = (query: string): readonly Row[] =>
      get(`/v1/trades_by_account?market_id=${market.id}&contract=${ACCOUNT}&count=50${query}`) as Row[];
    const rows = [...page('')];
    for (let next = rows; next.length > 0; rows.push(...next)) {
      next = [...page(`&start_trade_id=${String(rows.at(-1)?.['trade_id'])}`)];
    }
    const account = venue.accounts.get(ACCOUNT);
    const orders = [...(account?.openOrders ?? []), ...(account?.closedOrders ?? [])].filter(
      ({ symbol }) => symbol === market.instrument.spec.symbol,
    );
    const filled = orders.reduce((sum, order) => sum + market.baseUnits(order.filled), 0n);
    const took = (one: readonly Row[]): bigint => one.reduce((sum, { quantity }) => sum + BigInt(String(quantity)), 0n);
    expect(rows.length).toBeGreaterThan(5);
    expect(took(rows)).toBe(filled);
    const bought = orders
      .filter(({ side }) => side === 'buy')
      .reduce((sum, one) => sum + market.baseUnits(one.filled), 0n);
    expect(took(rows.filter(({ side }) => String(side).toLowerCase() === 'buy'))).toBe(bought);

    const trades = get(`/v1/trades?market_id=${market.id}&count=50`) as Row[];
    const known = new Map(trades.map((trade) => [trade['trade_id'], trade]));
    const youngest = rows.filter(({ trade_id }) => known.has(trade_id));
    expect(youngest.length).toBeGreaterThan(0);
    for (const row of youngest) {
      const trade = known.get(row['trade_id']);
      expect([row['timestamp'], Object.keys(row)]).toEqual([trade?.['timestamp'], Object.keys(trade ?? {})]);
      expect(BigInt(String(row['quantity']))).toBeLessThanOrEqual(BigInt(String(trade?.['quantity'])));
    }
    expect(get(`/v1/trades_by_account?market_id=${market.id}&contract=0x1`)).toEqual([]);
  });

  it('is a ticker, a summary, and bars within bounds of seconds or ms', () => {
    const { get, market } = traded();
    expect(Object.keys(get(`/v1/markets/ticker?market_id=${market.id}`) as Row)).toEqual([
      ...['market_id', 'last_price', 'best_bid', 'best_ask', 'base_volume', 'quote_volume'],
    ]);
    expect(Object.keys(get(`/v1/markets/summary?market_id=${market.id}`) as Row)).toEqual([
      ...['market_id', 'price', 'price_change_percent_24h', 'highest_price_24h', 'lowest_price_24h'],
      ...['base_volume', 'quote_volume'],
    ]);
    const bars = (query: string): readonly Row[] => get(`/v1/bars?market_id=${market.id}${query}`) as Row[];
    const all = bars('&resolution=1s');
    expect(all.length).toBeGreaterThan(10);
    expect(Object.keys(all[0] ?? {})).toEqual(['time', 'open', 'high', 'low', 'close', 'volume']);
    const [from, to] = [Number(all[2]?.['time']), Number(all[5]?.['time'])];
    expect(bars(`&resolution=1s&from=${from}&to=${to}`)).toEqual(all.slice(2, 6));
    expect(bars(`&resolution=1s&from=${from * 1_000}&to=${to * 1_000}`)).toEqual(all.slice(2, 6));
    expect(bars('&resolution=1m')).toHaveLength(2);
  });
});

describe('a client that pings below the frames alone', () => {
  it.each([
    [true, []],
    [false, [1000]],
  ])('is kept or closed after 60 s, as is set: %s', (pingsCount, ended) => {
    const scheduler = new VirtualTimeScheduler();
    const venue = simulatedO2({ scheduler, pingsCount, instruments: ['QUIETUSDT'] });
    const codes: number[] = [];
    const connection = {
      send: () => undefined,
      close: (code: number) => codes.push(code),
      terminate: () => codes.push(-1),
      pong: () => undefined,
    };
    const client = venue.accept({ url: '/v1/ws', headers: {} }, connection);
    if ('refuse' in client) throw new Error('refused');
    for (let time = 20_000; time <= 120_000; time += 20_000) {
      scheduler.maxFrames = time;
      scheduler.flush();
      client.control?.('ping');
    }
    expect(codes).toEqual(ended);
  });
});
