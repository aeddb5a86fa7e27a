import { stage, subscribe } from '../rawClient.js';

const all = ['depth@100ms', 'depth5@100ms', 'trade', 'aggTrade', 'bookTicker', 'kline_1s', 'ticker', 'miniTicker'];
const streams = all.map((name) => `btcusdt@${name}`);
const parse = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const keys = (value: unknown): string => Object.keys(value as object).join();

describe('the control frames of a simulated Binance', () => {
  it.each([
    [subscribe('btcusdt@trade'), '{"result":null,"id":1}'],
    [{ method: 'SUBSCRIBE', params: ['nopeusdt@trade'], id: 'a-1' }, '{"result":null,"id":"a-1"}'],
    [{ method: 'SUBSCRIBE', params: ['BTCUSDT@trade'], id: null }, '{"result":null,"id":null}'],
    [{ method: 'UNSUBSCRIBE', params: ['btcusdt@trade'], id: 312 }, '{"result":null,"id":312}'],
    [{ method: 'LIST_SUBSCRIPTIONS', id: 3 }, '{"result":["ethusdt@trade"],"id":3}'],
    [{ method: 'GET_PROPERTY', params: ['combined'], id: 2 }, '{"result":true,"id":2}'],
    [{ method: 'SET_PROPERTY', params: ['combined', false], id: 5 }, '{"result":null,"id":5}'],
    [
      { method: 'SET_PROPERTY', params: ['combined', 1], id: 5 },
      '{"code":1,"msg":"Invalid value type: expected Boolean","id":5}',
    ],
    [{ method: 'GET_PROPERTY', params: ['colour'], id: 6 }, '{"code":0,"msg":"Unknown property","id":6}'],
    [subscribe('btcusdt@nothing'), '{"code":2,"msg":"Invalid request: invalid stream","id":1}'],
    [{ params: [], id: 9 }, '{"code":2,"msg":"Invalid request: missing field `method`","id":9}'],
    [
      '{"method":"LIST_SUBSCRIPTIONS","id":9223372036854775807}',
      '{"result":["ethusdt@trade"],"id":9223372036854775807}',
    ],
    ['{nonsense', '{"code":3,"msg":"Invalid JSON: expected value at line 1 column 1"}'],
  ])('answers %j with %s', (message, answer) => {
    const { open, until } = stage();
    const client = open('/stream?streams=ethusdt@trade', typeof message === 'string' ? undefined : message);
    until(70);
    if (typeof message === 'string') client.send(message);
    until(140);

    expect(client.texts().filter((text) => !text.startsWith('{"stream"'))).toEqual([answer]);
  });

  it('wraps errors where it is told to, as they have been seen', () => {
    const { open, until } = stage({ errors: 'nested' });
    const client = open('/ws', subscribe('nothing'));
    until(150);

    expect(client.texts()).toEqual(['{"error":{"code":2,"msg":"Invalid request: invalid stream"},"id":1}']);
  });

  it('may tell data before it confirms the subscription', () => {
    const { open, until } = stage({ lateAcks: 1, activity: 30 });
    const client = open('/ws', subscribe('btcusdt@depth@100ms', 'btcusdt@bookTicker'));
    until(1_000);
    const texts = client.texts();

    expect(texts[0]).toMatch(/^\{"u"/);
    expect(texts.filter((text) => text === '{"result":null,"id":1}')).toHaveLength(1);
  });

  it('stops telling after UNSUBSCRIBE, and tells once after a second SUBSCRIBE', () => {
    const { open, until } = stage();
    const client = open('/ws', subscribe('btcusdt@depth@100ms'));
    until(1_000);
    client.send({ method: 'UNSUBSCRIBE', params: ['btcusdt@depth@100ms'], id: 2 });
    until(1_100);
    const before = client.frames.length;
    until(2_000);
    expect(client.frames).toHaveLength(before);

    client.send(subscribe('btcusdt@depth@100ms'));
    client.send(subscribe('btcusdt@depth@100ms'));
    until(4_000);
    const sequences = client
      .texts()
      .slice(before + 2)
      .map((text) => parse(text)['u']);
    expect(sequences.length).toBeGreaterThan(10);
    expect(new Set(sequences).size).toBe(sequences.length);
  });
});

describe('the streams of a simulated Binance', () => {
  /** Everything a client hears in 20 s, by stream. */
  function hear(market: 'spot' | 'usdm', path: string, names = streams): Map<string, Record<string, unknown>[]> {
    const { open, until } = stage({ market, seed: 4 });
    const client = open(path, subscribe(...names));
    until(20_000);
    const heard = new Map<string, Record<string, unknown>[]>();
    for (const text of client.texts()) {
      const { stream, data } = parse(text) as { stream?: string; data?: Record<string, unknown> };
      if (stream === undefined || data === undefined) continue;
      heard.set(stream, [...(heard.get(stream) ?? []), data]);
    }
    return heard;
  }

  it('have the shapes of spot', () => {
    const heard = hear('spot', '/stream');
    const shape = (name: string): string => keys(heard.get(`btcusdt@${name}`)?.[0]);

    expect([...heard.keys()].sort()).toEqual([...streams].sort());
    expect(shape('depth@100ms')).toBe('e,E,s,U,u,b,a');
    expect(shape('depth5@100ms')).toBe('lastUpdateId,bids,asks');
    expect(shape('trade')).toBe('e,E,s,t,p,q,T,m,M');
    expect(shape('aggTrade')).toBe('e,E,s,a,p,q,f,l,T,m,M');
    expect(shape('bookTicker')).toBe('u,s,b,B,a,A');
    expect(shape('kline_1s')).toBe('e,E,s,k');
    expect(keys(heard.get('btcusdt@kline_1s')?.[0]?.['k'])).toBe('t,T,s,i,f,L,o,c,h,l,v,n,x,q,V,Q,B');
    expect(shape('ticker')).toBe('e,E,s,p,P,w,x,c,Q,b,B,a,A,o,h,l,v,q,O,C,F,L,n');
    expect(shape('miniTicker')).toBe('e,E,s,c,o,h,l,v,q');
  });

  it('have the shapes of USD-M, each half on its own socket', () => {
    const names = streams.map((name) => name.replace('1s', '1m'));
    const publicHalf = hear('usdm', '/public/stream', names);
    const marketHalf = hear('usdm', '/market/stream', names);
    const legacy = hear('usdm', '/stream', names);

    expect([...publicHalf.keys()].sort()).toEqual(
      ['bookTicker', 'depth5@100ms', 'depth@100ms', 'trade'].map((name) => `btcusdt@${name}`).sort(),
    );
    expect([...marketHalf.keys()].sort()).toEqual(
      ['aggTrade', 'kline_1m', 'miniTicker', 'ticker'].map((name) => `btcusdt@${name}`).sort(),
    );
    expect(legacy.size).toBe(0);
    expect(keys(publicHalf.get('btcusdt@depth@100ms')?.[0])).toBe('e,E,T,s,U,u,pu,b,a');
    expect(publicHalf.get('btcusdt@depth5@100ms')?.[0]?.['e']).toBe('depthUpdate');
    expect(keys(publicHalf.get('btcusdt@bookTicker')?.[0])).toBe('e,u,s,b,B,a,A,T,E');
    expect(publicHalf.get('btcusdt@trade')?.[0]?.['X']).toBe('MARKET');
  });

  it('close each candle once, and then begin the next one where it ended', () => {
    const candles = (hear('spot', '/stream').get('btcusdt@kline_1s') ?? []).map(
      ({ k }) => k as Record<string, unknown>,
    );
    const closed = candles.filter(({ x }) => x === true).map(({ t }) => t);

    expect(closed.length).toBeGreaterThan(10);
    expect(new Set(closed).size).toBe(closed.length);
    for (const { o, h, l, c } of candles) {
      expect(Number(h)).toBeGreaterThanOrEqual(Math.max(Number(o), Number(c)));
      expect(Number(l)).toBeLessThanOrEqual(Math.min(Number(o), Number(c)));
    }
  });

  it.each([
    ['spot', '/ws/btcusdt@depth', 1_000],
    ['spot', '/ws/btcusdt@depth@100ms', 100],
    ['usdm', '/public/ws/btcusdt@depth', 250],
    ['usdm', '/public/ws/btcusdt@depth@500ms', 500],
    ['usdm', '/public/ws/btcusdt@depth@0ms', 50],
  ] as const)('%s %s speaks every %p ms, unwrapped', (market, path, every) => {
    const { open, until } = stage({ market, activity: 20 });
    const client = open(path);
    until(10_000);
    const times = client.texts().map((text) => parse(text)['E'] as number);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));

    expect(gaps.length).toBeGreaterThan(6);
    expect(new Set(gaps)).toEqual(new Set([every]));
  });

  it('say nothing while a book is quiet, or about symbols that are not there', () => {
    const { open, until, venue } = stage({ instruments: ['QUIETUSDT', 'BTCUSDT'] });
    const client = open('/ws', subscribe('quietusdt@depth@100ms', 'nopeusdt@depth', 'BTCUSDT@depth'));
    until(10_000);

    expect(client.texts().slice(1).length).toBeLessThan(20);
    expect(
      client
        .texts()
        .slice(1)
        .every((text) => text.includes('"QUIETUSDT"')),
    ).toBe(true);
    expect(venue.stats().connections[0]?.subscriptions).toHaveLength(3);
  });

  it('are the same to the last byte for the same seed', () => {
    const story = (seed: number): string => {
      const { open, until, get } = stage({ seed, market: 'spot', lateAcks: 0.5 });
      const client = open('/stream', subscribe(...streams));
      const answers = get('/api/v3/depth?symbol=ETHUSDT');
      until(10_000);
      return JSON.stringify([client.frames, answers]);
    };

    expect(story(9)).toBe(story(9));
    expect(story(9)).not.toBe(story(10));
  });
});

describe('the requests of a simulated Binance', () => {
  const ask = (path: string, market: 'spot' | 'usdm' = 'spot') => {
    const { get, until } = stage({ market });
    const answers = get(path);
    until(200);
    const response = answers[0]?.response;
    if (response === undefined) throw new Error('no answer');
    return { ...response, json: parse(response.body.startsWith('{') ? response.body : '{}') };
  };

  it.each([
    ['spot', '/api/v3/depth?symbol=BTCUSDT', 'lastUpdateId,bids,asks', '5', 50],
    ['spot', '/api/v3/depth?symbol=BTCUSDT&limit=7', 'lastUpdateId,bids,asks', '5', 7],
    ['spot', '/api/v3/depth?symbol=BTCUSDT&limit=5000', 'lastUpdateId,bids,asks', '250', 50],
    ['usdm', '/fapi/v1/depth?symbol=BTCUSDT&limit=10', 'lastUpdateId,E,T,bids,asks', '2', 10],
    ['usdm', '/fapi/v1/depth?symbol=BTCUSDT&limit=1000', 'lastUpdateId,E,T,bids,asks', '20', 50],
  ] as const)('%s %s', (market, path, shape, weight, levels) => {
    const { status, headers, json } = ask(path, market);

    expect(status).toBe(200);
    expect(keys(json)).toBe(shape);
    expect(json['bids']).toHaveLength(levels);
    expect(headers['x-mbx-used-weight-1m']).toBe(weight);
  });

  it.each([
    ['spot', '/api/v3/depth?symbol=NOPEUSDT', 400, '{"code":-1121,"msg":"Invalid symbol."}'],
    ['spot', '/api/v3/exchangeInfo?symbol=NOPEUSDT', 400, '{"code":-1121,"msg":"Invalid symbol."}'],
    ['usdm', '/fapi/v1/depth?symbol=BTCUSDT&limit=7', 400, /"code":-1130/],
    ['spot', '/api/v3/depth', 400, /"code":-1102/],
    ['spot', '/fapi/v1/depth?symbol=BTCUSDT', 404, /404/],
    ['spot', '/api/v3/ping', 200, '{}'],
  ] as const)('%s %s is answered with %p', (market, path, status, body) => {
    const answer = ask(path, market);

    expect(answer.status).toBe(status);
    if (typeof body === 'string') expect(answer.body).toBe(body);
    else expect(answer.body).toMatch(body);
  });

  it('tell symbols, their ticks and the limits', () => {
    const { json } = ask('/api/v3/exchangeInfo');
    const symbols = json['symbols'] as { symbol: string; filters: { tickSize?: string; stepSize?: string }[] }[];

    expect(symbols.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDT']);
    expect(symbols[0]?.filters[0]?.tickSize).toBe('0.01000000');
    expect(symbols[0]?.filters[1]?.stepSize).toBe('0.00001000');
    expect(json['rateLimits']).toEqual([
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6_000 },
    ]);
  });
});
