import { VirtualTimeScheduler } from 'rxjs';
import {
  type SimulatedVenue,
  simulatedBinance,
  simulatedCoinbase,
  simulatedDxLink,
  simulatedKraken,
  simulatedO2,
  simulatedOkx,
  simulatedTastytrade,
  simulatedTplus,
} from '../../lib/simulation/index.js';
import { heard, rowsOf } from './heard.js';

type Json = Readonly<Record<string, unknown>>;
const MINUTE = 60_000;
const BOTH = ['BTCUSDT', 'ETHUSDT'];

/** Made once, when it is first wanted. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Asks a venue that has traded for a while. Whatever is asked for is followed, or refused in so many words. */
function asked(make: (scheduler: VirtualTimeScheduler) => SimulatedVenue, after = 3 * MINUTE + 10_000) {
  const scheduler = new VirtualTimeScheduler();
  const venue = make(scheduler);
  const pass = (ms: number): void => {
    scheduler.schedule(() => undefined, ms);
    scheduler.maxFrames = scheduler.now() + ms;
    scheduler.flush();
  };
  const standStill = venue.market.run();
  pass(after);
  standStill();
  const get = (
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): { readonly status: number | undefined; readonly body: unknown } => {
    const answers: { readonly status: number; readonly body: string }[] = [];
    venue.network
      .request({ method: 'GET', url: `https://venue${path}`, headers })
      .subscribe((answer) => answers.push(answer));
    pass(100);
    const [{ status, body } = { status: undefined, body: '' }] = answers;
    return { status, body: body.startsWith('{') || body.startsWith('[') ? (JSON.parse(body) as unknown) : body };
  };
  const rows = (path: string): readonly Json[] => get(path).body as readonly Json[];
  return { venue, get, rows, pass };
}

describe('Binance', () => {
  const spot = once(() => asked((scheduler) => simulatedBinance({ scheduler, instruments: BOTH, stepEvery: 1_000 })));
  const symbolsOf = (body: unknown): readonly unknown[] =>
    (body as { symbols: Json[] }).symbols.map((one) => one['symbol']);

  it('tells of the symbols that are asked for, by name, status or permission', () => {
    const { get } = spot();
    const info = (query: string): readonly unknown[] => symbolsOf(get(`/api/v3/exchangeInfo?${query}`).body);
    expect(info('symbols=["ETHUSDT"]')).toEqual(['ETHUSDT']);
    expect(info('permissions=SPOT')).toHaveLength(2);
    expect(info('permissions=["MARGIN","LEVERAGED"]')).toEqual([]);
    expect(info('symbolStatus=HALT')).toEqual([]);
  });

  it('tells less of a day where less is asked for', () => {
    const { get, rows } = spot();
    const mini = get('/api/v3/ticker/24hr?symbol=BTCUSDT&type=MINI').body as Json;
    expect(Object.keys(mini)).toHaveLength(12);
    expect(mini).not.toHaveProperty('bidPrice');
    expect(rows('/api/v3/ticker/24hr?symbolStatus=BREAK')).toEqual([]);
  });

  it('opens candles by the clock that is asked for', () => {
    const { get } = spot();
    const open = (query: string): unknown =>
      (get(`/api/v3/klines?symbol=BTCUSDT&limit=1&${query}`).body as readonly (readonly unknown[])[])[0]?.[0];
    expect(open('interval=1d')).toBe(0);
    expect(open('interval=1d&timeZone=8')).toBe(-8 * 60 * MINUTE);
    expect(open('interval=1h&timeZone=-3:30')).toBe(-30 * MINUTE);
    expect(open('interval=1M&timeZone=05:45')).toBe(-(5 * 60 + 45) * MINUTE);
    expect(open('interval=1m&timeZone=14')).toBe(3 * MINUTE);
  });

  it.each([
    ['klines?symbol=BTCUSDT&interval=1d&timeZone=15', -1130],
    ['klines?symbol=BTCUSDT&interval=1d&timeZone=Z', -1130],
    ['klines?symbol=BTCUSDT&interval=1d&startTime=soon', -1100],
    ['aggTrades?symbol=BTCUSDT&fromId=-1', -1100],
    ['trades?symbol=BTCUSDT&limit=1e3', -1100],
    ['exchangeInfo?symbols=BTCUSDT', -1100],
    ['exchangeInfo?symbols=["BTCUSDT"]&symbol=ETHUSDT', -1128],
    ['exchangeInfo?symbols=["BTCUSDT"]&permissions=SPOT', -1128],
    ['exchangeInfo?symbolStatus=OPEN', -1130],
    ['ticker/24hr?type=TINY', -1139],
    ['ticker/24hr?symbols=[1]', -1100],
    ['depth?symbol=BTCUSDT&symbolStatus=HALT', -1220],
  ])('refuses %s with %p', (path, code) => {
    expect(spot().get(`/api/v3/${path}`)).toMatchObject({ status: 400, body: { code } });
  });
});

describe('O2', () => {
  const withMarket = once(() => {
    const all = asked((scheduler) => simulatedO2({ scheduler, activity: 20 }), 10_000);
    const [market] = (all.get('/v1/markets').body as { markets: Json[] }).markets;
    return { ...all, market: String(market?.['market_id']) };
  });

  it('pages begin behind a trade or a time, in the direction that is asked for', () => {
    const { rows, market } = withMarket();
    const path = `/v1/trades?market_id=${market}&count=3`;
    const ids = (query: string): readonly unknown[] => rows(`${path}&${query}`).map((one) => one['trade_id']);
    const numbers = (query: string): readonly number[] =>
      ids(query).map((id) => Number(String(id).replace('0x0a/', '')));
    expect(numbers('direction=asc')).toEqual([1, 2, 3]);
    expect(numbers('direction=asc&start_trade_id=0x0a/3')).toEqual([4, 5, 6]);
    expect(numbers('direction=desc&start_trade_id=0x0a/3')).toEqual([2, 1]);
    const third = rows(`${path}&direction=asc`)[2] ?? {};
    const later = rows(`${path}&direction=asc&start_timestamp=${String(third['timestamp'])}`);
    expect(later.length).toBe(3);
    expect(later.filter(({ timestamp }) => Number(timestamp) <= Number(third['timestamp']))).toEqual([]);
  });

  it.each([
    ['depth?precision=0', 'precision is a power of ten'],
    ['depth?precision=ten', 'precision is a power of ten'],
    ['depth?precision=25', 'precision is a power of ten'],
    ['trades?direction=up', 'direction is one of asc, desc'],
    ['trades?count=0', 'count is a whole number'],
    ['trades?count=many', 'count is a whole number'],
    ['trades?start_trade_id=x', 'start_trade_id is no trade'],
    ['orders?is_open=maybe', 'is_open is one of'],
    ['orders?start_order_id=0x1', 'start_order_id is no order'],
    ['bars?resolution=7m', 'resolution is no width of bars'],
    ['bars?from=soon', 'from is a time'],
  ])('refuses %s', (path, message) => {
    const { get, market } = withMarket();
    const answer = get(`/v1/${path}&market_id=${market}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 1001 } });
    expect((answer.body as Json)['message']).toContain(message);
  });
});

it.each([
  'klines/200?end_timestamp_ns=soon',
  'klines/200?interval=7',
  'klines/200?limit=all',
  'trades?page=-1',
  'markets?page=1.5',
])('T+ refuses %s', (path) => {
  const { get } = asked((scheduler) => simulatedTplus({ scheduler }), 5_000);
  expect(get(`/${path}`)).toMatchObject({ status: 400, body: { error: { code: 'INVALID_REQUEST' } } });
});

describe('Kraken', () => {
  const ask = (channel: string, more: object = {}): object => ({
    method: 'subscribe',
    params: { channel, symbol: ['BTC/USDT'], ...more },
    req_id: 1,
  });
  const told = (request: object) =>
    rowsOf(heard((scheduler) => simulatedKraken({ scheduler }), 'wss://ws.kraken.com/v2', [[0, request]], 5_000).texts);

  it.each(['book', 'trade', 'ticker', 'ohlc'])('%s begins without a snapshot where none is wanted', (channel) => {
    const types = (more: object): readonly unknown[] =>
      told(ask(channel, more))
        .filter((row) => row['channel'] === channel)
        .map(({ type }) => type);
    expect(types({})[0]).toBe('snapshot');
    expect(new Set(types({ snapshot: false }))).toEqual(new Set(['update']));
    expect(told(ask(channel, { snapshot: false })).find(({ success }) => success === true)).toMatchObject({
      result: { snapshot: false },
    });
  });

  it.each([
    [ask('ohlc', { interval: 7 }), 'interval not supported'],
    [ask('ohlc', { interval: 21_600 }), 'interval not supported'],
    [ask('ticker', { event_trigger: 'quotes' }), 'trigger not supported'],
    [ask('book', { depth: 'all' }), 'must be an integer'],
    [ask('book', { snapshot: 'no' }), 'Malformed request'],
    [{ method: 'subscribe', params: { channel: 'instrument' } }, 'Subscription name invalid'],
  ])('refuses %j', (request, error) => {
    const refused = told(request).find(({ success }) => success === false);
    expect(refused?.['error']).toContain(error);
  });

  it('candles and pairs by request are those that are asked for', () => {
    const { get } = asked((scheduler) => simulatedKraken({ scheduler, instruments: BOTH, stepEvery: 1_000 }));
    const candles = (query: string) => (get(`/0/public/OHLC?pair=BTC/USDT&${query}`).body as { result: Json }).result;
    const times = (query: string): readonly unknown[] =>
      (candles(query)['BTC/USDT'] as readonly (readonly unknown[])[]).map(([time]) => time);
    expect(times('interval=1')).toEqual([0, 60, 120, 180]);
    expect(times('since=120')).toEqual([120, 180]);
    expect(candles('interval=1')['last']).toBe(120);
    expect(get('/0/public/OHLC?pair=BTC/USDT&since=soon').body).toMatchObject({
      error: ['EGeneral:Invalid arguments'],
    });
    const pairs = (query: string): readonly string[] =>
      Object.keys((get(`/0/public/AssetPairs?${query}`).body as { result: Json }).result);
    expect([pairs(''), pairs('pair=ETHUSDT'), pairs('pair=BTC/USDT,ETH/USDT').length]).toEqual([
      ['BTC/USDT', 'ETH/USDT'],
      ['ETH/USDT'],
      2,
    ]);
    expect(get('/0/public/AssetPairs?pair=NOPE').body).toMatchObject({ error: ['EQuery:Unknown asset pair'] });
  });
});

describe('OKX', () => {
  const okx = once(() => asked((scheduler) => simulatedOkx({ scheduler, instruments: BOTH, stepEvery: 1_000 })));
  const HOUR = 60 * MINUTE;

  it('opens wide candles by the clock of Hong Kong, and by that of UTC where that is asked for, also on the socket', () => {
    const { get } = okx();
    const open = (bar: string): number =>
      Number((get(`/api/v5/market/candles?instId=BTC-USDT&bar=${bar}`).body as { data: string[][] }).data[0]?.[0]);
    expect(['1H', '4H', '6Hutc', '12Hutc', '1Dutc', '1Mutc'].map(open)).toEqual(Array(6).fill(0));
    expect(['6H', '12H', '1D', '1M'].map(open)).toEqual([-2 * HOUR, -8 * HOUR, -8 * HOUR, -8 * HOUR]);
    expect(open('1W')).toBe(-(3 * 24 + 8) * HOUR);
    const { texts } = heard((scheduler) => simulatedOkx({ scheduler }), 'wss://ws.okx.com/ws/v5/business', [
      [0, { op: 'subscribe', args: ['candle1D', 'candle1Dutc'].map((channel) => ({ channel, instId: 'BTC-USDT' })) }],
    ]);
    const opens = rowsOf(texts).flatMap(({ arg, data }) =>
      data === undefined ? [] : [`${(arg as { channel: string }).channel} ${String((data as string[][])[0]?.[0])}`],
    );
    expect(new Set(opens)).toEqual(new Set([`candle1D ${-8 * HOUR}`, 'candle1Dutc 0']));
  });

  it('candles are those between two times, instruments those that are named', () => {
    const { get } = okx();
    const times = (query: string): readonly unknown[] =>
      (get(`/api/v5/market/candles?instId=BTC-USDT&${query}`).body as { data: string[][] }).data.map(([time]) => time);
    expect(times('before=0&after=180000')).toEqual(['120000', '60000']);
    const ids = (query: string): readonly unknown[] =>
      (get(`/api/v5/public/instruments?${query}`).body as { data: Json[] }).data.map(({ instId }) => instId);
    expect([ids('instType=SPOT&instId=ETH-USDT'), ids('instType=SWAP')]).toEqual([['ETH-USDT'], []]);
  });

  it.each([
    ['market/candles?instId=BTC-USDT&bar=7m', '51000'],
    ['market/candles?instId=BTC-USDT&bar=1d', '51000'],
    ['market/candles?instId=BTC-USDT&before=soon', '51000'],
    ['market/candles?instId=BTC-USDT&limit=0', '51000'],
    ['public/instruments', '50014'],
    ['public/instruments?instType=spot', '51000'],
    ['public/instruments?instType=SPOT&instId=FOO-BAR', '51001'],
  ])('refuses %s with %s', (path, code) => {
    expect(okx().get(`/api/v5/${path}`).body).toMatchObject({ code });
  });
});

describe('Coinbase', () => {
  const coinbase = once(() =>
    asked((scheduler) => simulatedCoinbase({ scheduler, instruments: BOTH, stepEvery: 1_000 })),
  );
  const MARKET = '/api/v3/brokerage/market/products';

  it('candles are as wide as is asked for, products those that are named, a page of them', () => {
    const { get } = coinbase();
    const starts = (granularity: string): readonly unknown[] =>
      (
        get(`${MARKET}/BTC-USDT/candles?start=0&end=10000&granularity=${granularity}`).body as { candles: Json[] }
      ).candles.map(({ start }) => start);
    expect([starts('ONE_MINUTE'), starts('ONE_DAY')]).toEqual([['180', '120', '60', '0'], ['0']]);
    const ids = (query: string): readonly unknown[] =>
      (get(`${MARKET}?${query}`).body as { products: Json[] }).products.map((one) => one['product_id']);
    expect(ids('product_ids=ETH-USDT')).toEqual(['ETH-USDT']);
    expect([ids('limit=1'), ids('limit=1&offset=1'), ids('product_type=FUTURE')]).toEqual([
      ['BTC-USDT'],
      ['ETH-USDT'],
      [],
    ]);
  });

  it.each([
    ['/BTC-USDT/candles?start=0&end=1', 'granularity is needed'],
    ['/BTC-USDT/candles?start=0&end=1&granularity=5m', 'granularity is one of'],
    ['/BTC-USDT/candles?start=soon&end=1&granularity=ONE_MINUTE', 'start is a whole number'],
    ['/BTC-USDT/candles?start=0&end=1&granularity=ONE_MINUTE&limit=351', 'limit is a whole number'],
    ['?offset=-1', 'offset is a whole number'],
    ['?product_type=SWAP', 'product_type is one of'],
  ])('refuses %s', (path, message) => {
    const answer = coinbase().get(`${MARKET}${path}`);
    expect(answer.status).toBe(400);
    expect((answer.body as Json)['message']).toContain(message);
  });

  it('ends a channel with all its products where none is named', () => {
    const { texts } = heard((scheduler) => simulatedCoinbase({ scheduler }), 'wss://advanced-trade-ws.coinbase.com/', [
      [0, { type: 'subscribe', channel: 'ticker', product_ids: ['BTC-USDT'] }],
      [500, { type: 'subscribe', channel: 'market_trades', product_ids: ['BTC-USDT'] }],
      [3_000, { type: 'unsubscribe', channel: 'ticker' }],
    ]);
    const rows = rowsOf(texts);
    const end = rows.map(({ channel }) => channel).lastIndexOf('subscriptions');
    expect(rows[end]).toMatchObject({ events: [{ subscriptions: { market_trades: ['BTC-USDT'] } }] });
    expect(new Set(rows.slice(end + 1).map(({ channel }) => channel))).toEqual(new Set(['market_trades']));
  });
});

it('tastytrade tells of the positions that are asked for, and of balances by their currency', () => {
  const LOGIN =
    '{"refresh_token":"simulated-refresh-token","client_secret":"simulated-client-secret","grant_type":"refresh_token"}';
  const { venue, get, pass } = asked((scheduler) => simulatedTastytrade({ scheduler, activity: 20 }), MINUTE);
  let token = '';
  venue.network
    .request({ method: 'POST', url: 'https://venue/oauth/token', body: LOGIN })
    .subscribe(({ body }) => (token = (JSON.parse(body) as { access_token: string }).access_token));
  pass(100);
  const headers = { authorization: `Bearer ${token}` };
  const of = (query: string): readonly unknown[] =>
    (get(`/accounts/5WT00000/positions?${query}`, headers).body as { data: { items: Json[] } }).data.items.map(
      ({ symbol }) => symbol,
    );
  const all = of('include-closed-positions=true');
  expect(all).toHaveLength(3);
  expect(of('symbol=AAPL&include-closed-positions=true')).toEqual(['AAPL']);
  expect(of('underlying-symbol[]=AAPL&underlying-symbol[]=SPY&include-closed-positions=true').length).toBe(2);
  expect(of('instrument-type=Future')).toEqual([]);
  expect(get('/accounts/5WT00000/balances/USD', headers)).toMatchObject({
    status: 200,
    body: { data: { currency: 'USD' } },
  });
  expect(get('/accounts/5WT00000/balances/EUR', headers).status).toBe(404);
});

describe('dxLink', () => {
  const SETUP = { type: 'SETUP', channel: 0, version: '1', keepaliveTimeout: 60, acceptKeepaliveTimeout: 60 };
  const told = (service: string, parameters: object, setUp: object) =>
    rowsOf(
      heard(
        (scheduler) => simulatedDxLink({ scheduler, activity: 5 }),
        'wss://dxlink.invalid/realtime',
        [
          [0, SETUP],
          [100, { type: 'CHANNEL_REQUEST', channel: 1, service, parameters }],
          [200, { channel: 1, ...setUp }],
        ],
        5_000,
      ).texts,
    ).filter(({ channel }) => channel === 1);
  const dom = (parameters: object, more: object = {}) => told('DOM', parameters, { type: 'DOM_SETUP', ...more });

  it('a DOM has the fields and the levels that are asked for, of sources that there are', () => {
    const [, config, snapshot] = dom(
      { symbol: 'AAPL', sources: ['ntv'] },
      { acceptDepthLimit: 2, acceptOrderFields: ['price'] },
    );
    expect(config).toMatchObject({ type: 'DOM_CONFIG', orderFields: ['price'], depthLimit: 2 });
    expect((snapshot?.['bids'] as readonly Json[]).map((one) => Object.keys(one))).toEqual([['price'], ['price']]);
    expect(dom({ symbol: 'AAPL', sources: ['NOPE'] }).map(({ type }) => type)).toEqual(['CHANNEL_OPENED']);
  });

  it.each<readonly [string, object]>([
    ['DOM', { symbol: 'AAPL' }],
    ['DOM', { symbol: 'AAPL', sources: [] }],
    ['DOM', { sources: ['ntv'] }],
    ['FEED', { contract: 'ALL' }],
    ['FEED', {}],
  ])('refuses a channel of %s with %j', (service, parameters) => {
    expect(told(service, parameters, { type: 'ERROR' }).slice(0, 2)).toMatchObject([
      { type: 'ERROR', error: 'INVALID_MESSAGE' },
      { type: 'CHANNEL_CLOSED' },
    ]);
  });
});
