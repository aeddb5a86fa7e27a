import { stage, subscribe } from '../rawClient.js';

type Json = Readonly<Record<string, unknown>>;
type Market = 'spot' | 'usdm';
const parse = (text: string): Json => JSON.parse(text) as Json;
const keys = (value: unknown): string => Object.keys(value as object).join();

/** The body that a request is answered with after two minutes of trading. */
function ask(path: string, market: Market = 'spot', headers: Readonly<Record<string, string>> = {}): unknown {
  const { open, until, venue } = stage({ market, activity: 2, seed: 5 });
  open(market === 'spot' ? '/ws' : '/public/ws');
  until(130_000);
  const bodies: string[] = [];
  venue.network
    .request({ method: 'GET', url: `https://venue.example${path}`, headers })
    .subscribe(({ body }) => bodies.push(body));
  until(130_100);
  return JSON.parse(bodies[0] ?? 'null');
}

describe('exchangeInfo of a simulated Binance', () => {
  const symbolOf = (path: string, market: Market): Json => {
    const { symbols } = ask(path, market) as { readonly symbols: readonly Json[] };
    return symbols[0] ?? {};
  };

  it('has the keys of spot', () => {
    expect(Object.keys(symbolOf('/api/v3/exchangeInfo', 'spot'))).toEqual(
      expect.arrayContaining(
        (
          'symbol status baseAsset baseAssetPrecision quoteAsset quotePrecision quoteAssetPrecision orderTypes ' +
          'baseCommissionPrecision quoteCommissionPrecision icebergAllowed ocoAllowed quoteOrderQtyMarketAllowed ' +
          'allowTrailingStop cancelReplaceAllowed isSpotTradingAllowed isMarginTradingAllowed filters permissions ' +
          'permissionSets defaultSelfTradePreventionMode allowedSelfTradePreventionModes'
        ).split(' '),
      ),
    );
  });

  it('has the keys of USD-M, and says what a contract is margined in', () => {
    const symbol = symbolOf('/fapi/v1/exchangeInfo', 'usdm');

    expect(symbol).toMatchObject({ marginAsset: 'USDT', contractType: 'PERPETUAL', pair: 'BTCUSDT' });
    expect(Object.keys(symbol)).toEqual(
      expect.arrayContaining(
        (
          'symbol pair contractType deliveryDate onboardDate status baseAsset quoteAsset marginAsset pricePrecision ' +
          'quantityPrecision baseAssetPrecision quotePrecision underlyingType underlyingSubType triggerProtect ' +
          'filters orderTypes timeInForce liquidationFee marketTakeBound'
        ).split(' '),
      ),
    );
  });
});

describe('streams that the venue has and nobody here speaks on', () => {
  it.each([
    ['spot', 'btcusdt@avgPrice'],
    ['spot', 'btcusdt@kline_1m@+08:00'],
    ['spot', 'btcusdt@ticker_1h'],
    ['usdm', 'btcusdt@markPrice'],
    ['usdm', 'btcusdt@markPrice@1s'],
    ['usdm', 'btcusdt_perpetual@continuousKline_1m'],
    ['usdm', 'btcusdt@forceOrder'],
    ['usdm', 'btcusdt@rpiDepth@500ms'],
    ['usdm', '!markPrice@arr@1s'],
    ['spot', '!bookTicker'],
  ] as const)('%s %s is acknowledged, silent, and listed, and its neighbour speaks', (market, stream) => {
    const { open, until, venue } = stage({ market, activity: 10 });
    const client = open(market === 'spot' ? '/stream' : '/market/stream', subscribe(stream, 'btcusdt@aggTrade'));
    until(5_000);
    const [ack, ...events] = client.texts();

    expect(ack).toBe('{"result":null,"id":1}');
    expect(events.length).toBeGreaterThan(5);
    expect(events.every((text) => text.startsWith('{"stream":"btcusdt@aggTrade"'))).toBe(true);
    expect(venue.stats().connections[0]?.subscriptions).toEqual([stream, 'btcusdt@aggTrade']);
  });

  it.each(['btcusdt@markPrice', 'btcusdt@kline_7m@+08:00', 'btcusdt@kline_1m@+09:00', '@avgPrice', 'avgPrice'])(
    '%s is no stream of spot',
    (stream) => {
      const { open, until } = stage();
      const client = open('/ws', subscribe(stream));
      until(200);

      expect(client.texts()).toEqual(['{"code":2,"msg":"Invalid request: invalid stream","id":1}']);
    },
  );
});

describe('streams over all symbols', () => {
  it.each([
    ['spot', '!ticker@arr', '24hrTicker', 'e,E,s,p,P,w,x,c,Q,b,B,a,A,o,h,l,v,q,O,C,F,L,n'],
    ['spot', '!miniTicker@arr', '24hrMiniTicker', 'e,E,s,c,o,h,l,v,q'],
    ['usdm', '!ticker@arr', '24hrTicker', 'e,E,s,p,P,w,c,Q,o,h,l,v,q,O,C,F,L,n'],
    ['usdm', '!miniTicker@arr', '24hrMiniTicker', 'e,E,s,c,o,h,l,v,q'],
  ] as const)('%s %s tells once a second of those that traded', (market, stream, kind, shape) => {
    const { open, until, venue } = stage({ market, instruments: ['BTCUSDT', 'ETHUSDT', 'QUIETUSDT'], activity: 10 });
    const path = market === 'spot' ? '' : '/market';
    const client = open(
      `${path}/stream?streams=${stream}/btcusdt@${stream.includes('mini') ? 'miniTicker' : 'ticker'}`,
    );
    const other = open(market === 'spot' ? '/ws' : '/public/ws', subscribe(stream));
    until(5_500);
    const frames = client.texts().map(parse);
    const lists = frames.filter((frame) => frame['stream'] === stream).map(({ data }) => data as readonly Json[]);

    expect(lists.length).toBeGreaterThanOrEqual(4);
    expect(lists.length).toBeLessThanOrEqual(5);
    expect(new Set(lists.flat().map(({ e }) => e))).toEqual(new Set([kind]));
    expect(new Set(lists.flat().map(keys))).toEqual(new Set([shape]));
    expect(lists.every((list) => new Set(list.map(({ s }) => s)).size === list.length)).toBe(true);
    expect(lists.flat().filter(({ s }) => s === 'QUIETUSDT').length).toBeLessThan(lists.length);
    // What is told of one symbol is what its own stream tells.
    const own = frames.filter((frame) => frame['stream'] !== stream).map(({ data }) => data);
    expect(own).toEqual(lists.flat().filter(({ s }) => s === 'BTCUSDT'));
    const last = venue.market.instrument('BTCUSDT')?.tape.lastTrade;
    expect(last).toBeGreaterThan(0);
    expect(other.texts().length > 1).toBe(market === 'spot');
  });
});

describe('requests about trades', () => {
  const trades = (query: string, market: Market = 'spot'): readonly Json[] =>
    ask(`${market === 'spot' ? '/api/v3' : '/fapi/v1'}/${query}`, market) as readonly Json[];

  it('trades: the last ones, oldest first', () => {
    const spot = trades('trades?symbol=BTCUSDT&limit=20');
    const usdm = trades('trades?symbol=BTCUSDT', 'usdm');

    expect(spot).toHaveLength(20);
    expect(keys(spot[0])).toBe('id,price,qty,quoteQty,time,isBuyerMaker,isBestMatch');
    expect(keys(usdm[0])).toBe('id,price,qty,quoteQty,time,isBuyerMaker');
    const ids = spot.map(({ id }) => id as number);
    expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) + index));
    for (const { price, qty, quoteQty } of spot) {
      expect(Number(quoteQty)).toBeCloseTo(Number(price) * Number(qty), 6);
    }
  });

  it('aggTrades: the last ones, those from an id, those of a time', () => {
    const last = trades('aggTrades?symbol=BTCUSDT&limit=10');
    const from = trades('aggTrades?symbol=BTCUSDT&fromId=5&limit=3');
    const within = trades('aggTrades?symbol=BTCUSDT&startTime=60000&endTime=61000');

    expect(keys(last[0])).toBe('a,p,q,f,l,T,m,M');
    expect(last).toHaveLength(10);
    expect(from.map(({ a }) => a)).toEqual([5, 6, 7]);
    expect(within.length).toBeGreaterThan(0);
    for (const { T } of within) {
      expect(T).toBeGreaterThanOrEqual(60_000);
      expect(T).toBeLessThanOrEqual(61_000);
    }
    expect(keys(trades('aggTrades?symbol=BTCUSDT', 'usdm')[0])).toBe('a,p,q,f,l,T,m');
  });

  it('klines: without a hole, and what the trades come to', () => {
    const minutes = ask('/api/v3/klines?symbol=BTCUSDT&interval=1m') as readonly (readonly unknown[])[];
    const seconds = ask('/api/v3/klines?symbol=BTCUSDT&interval=1s&limit=1000') as readonly (readonly unknown[])[];
    const all = trades('aggTrades?symbol=BTCUSDT&fromId=1&limit=1000');
    const first = all.filter(({ T }) => (T as number) < 60_000);

    expect(minutes.map(([time]) => time)).toEqual([0, 60_000, 120_000]);
    expect(minutes.map((candle) => candle[6])).toEqual([59_999, 119_999, 179_999]);
    expect(minutes.every((candle) => candle.length === 12)).toBe(true);
    expect(seconds.map(([time]) => time)).toEqual(
      seconds.map((_, index) => (seconds[0]?.[0] as number) + index * 1_000),
    );
    expect(first.length).toBeGreaterThan(10);
    const [, open, high, low, close, volume] = minutes[0] ?? [];
    const prices = first.map(({ p }) => Number(p));
    expect([open, close]).toEqual([first[0]?.['p'], first.at(-1)?.['p']]);
    expect([Number(high), Number(low)]).toEqual([Math.max(...prices), Math.min(...prices)]);
    expect(Number(volume)).toBeCloseTo(
      first.reduce((sum, { q }) => sum + Number(q), 0),
      5,
    );
    expect(ask('/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=60000&limit=1')).toEqual([minutes[1]]);
  });

  it('klines and the stream of the same tell the same of a closed candle', () => {
    const { open, until, get } = stage({ activity: 10 });
    const client = open('/ws/btcusdt@kline_1m');
    until(125_000);
    const answers = get('/api/v3/klines?symbol=BTCUSDT&interval=1m');
    until(125_100);
    const told = client
      .texts()
      .map((text) => parse(text)['k'] as Json)
      .filter(({ x }) => x === true)
      .map(({ t, o, h, l, c, v, T, q, n, V, Q, B }) => [t, o, h, l, c, v, T, q, n, V, Q, B]);

    expect(told).toHaveLength(2);
    expect((JSON.parse(answers[0]?.response.body ?? '[]') as readonly unknown[]).slice(0, 2)).toEqual(told);
  });

  it('ticker/24hr: of one symbol, of some, of all', () => {
    const spot =
      'symbol,priceChange,priceChangePercent,weightedAvgPrice,prevClosePrice,lastPrice,lastQty,bidPrice,bidQty,' +
      'askPrice,askQty,openPrice,highPrice,lowPrice,volume,quoteVolume,openTime,closeTime,firstId,lastId,count';
    const usdm =
      'symbol,priceChange,priceChangePercent,weightedAvgPrice,lastPrice,lastQty,' +
      'openPrice,highPrice,lowPrice,volume,quoteVolume,openTime,closeTime,firstId,lastId,count';

    expect(keys(ask('/api/v3/ticker/24hr?symbol=BTCUSDT'))).toBe(spot);
    expect(keys(ask('/fapi/v1/ticker/24hr?symbol=BTCUSDT', 'usdm'))).toBe(usdm);
    expect(trades('ticker/24hr').map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDT']);
    expect(trades('ticker/24hr?symbols=["ETHUSDT"]').map(({ symbol }) => symbol)).toEqual(['ETHUSDT']);
  });

  it.each([
    ['/api/v3/klines?symbol=BTCUSDT&interval=7m', -1120],
    ['/api/v3/klines?interval=1m', -1102],
    ['/api/v3/trades?symbol=NOPEUSDT', -1121],
    ['/api/v3/trades?symbol=BTCUSDT&limit=x', -1100],
    ['/api/v3/trades?symbol=BTCUSDT&limit=0', -1130],
    ['/api/v3/ticker/24hr?symbols=["BTCUSDT","NOPEUSDT"]', -1121],
  ])('%s is refused with %p', (path, code) => {
    expect(ask(path)).toMatchObject({ code });
  });
});

describe('times in microseconds', () => {
  const names = ['trade', 'aggTrade', 'kline_1s', 'ticker', 'miniTicker', 'depth@100ms', 'bookTicker', 'depth5@100ms'];

  it('are told on a spot socket that asks for them, and are those that others hear', () => {
    const { open, until } = stage({ activity: 10, latency: 10 });
    const streams = [...names.map((name) => `btcusdt@${name}`), '!miniTicker@arr'].join('/');
    const micro = open(`/stream?streams=${streams}&timeUnit=MICROSECOND`);
    const milli = open(`/stream?streams=${streams}`);
    until(4_000);

    expect(micro.texts().length).toBeGreaterThan(50);
    // Ids, counts and figures are untouched.
    const slowed = micro
      .texts()
      .map((text) =>
        text.replace(/"(E|T|t|O|C)":(-?\d+)/g, (whole, key: string, time: string) =>
          key === 't' && text.includes('"e":"trade"') ? whole : `"${key}":${Math.floor(Number(time) / 1_000)}`,
        ),
      );
    expect(slowed).toEqual(milli.texts());
    const candle = parse(micro.texts().find((text) => text.includes('"e":"kline"')) ?? '{}')['data'] as Json;
    const { t, T } = candle['k'] as { readonly t: number; readonly T: number };
    expect(T - t).toBe(999_999);
  });

  it('are told in answers to requests that ask for them', () => {
    const micro = { 'X-MBX-TIME-UNIT': 'MICROSECOND' };
    const [first] = ask('/api/v3/klines?symbol=BTCUSDT&interval=1m', 'spot', micro) as readonly (readonly unknown[])[];

    expect([first?.[0], first?.[6]]).toEqual([0, 59_999_999]);
    expect((ask('/api/v3/time', 'spot', micro) as Json)['serverTime']).toBeGreaterThan(130_000_000);
    expect((ask('/fapi/v1/time', 'usdm', micro) as Json)['serverTime']).toBeLessThan(1_000_000);
  });
});
