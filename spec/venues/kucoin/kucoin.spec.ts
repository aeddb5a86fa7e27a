import { NEVER } from 'rxjs';
import { type BookState, InvalidArgumentError } from '../../../lib/index.js';
import { kucoin, type KucoinBookOptions, type KucoinOptions } from '../../../lib/venues/kucoin/index.js';
import { response } from '../../../lib/testing/index.js';
import { venueRig } from '../../support/venueRig.js';

const WELCOME = '{"id":"hQvf8jkno","type":"welcome"}';
const rig = (options: KucoinOptions = { url: 'wss://ws.example' }, greeting: readonly string[] = [WELCOME]) =>
  venueRig((outside) => kucoin({ ...outside, ...options }), greeting);

type Row = readonly [price: string, size: string, sequence: string];
const change = (start: number, end: number, asks: readonly Row[], bids: readonly Row[] = []): string =>
  JSON.stringify({
    type: 'message',
    topic: '/market/level2:BTC-USDT',
    subject: 'trade.l2update',
    data: { symbol: 'BTC-USDT', sequenceStart: start, sequenceEnd: end, changes: { asks, bids } },
  });
const answer = (sequence: string, asks: readonly (readonly [string, string])[] = [['101', '1']]): object => ({
  code: '200000',
  data: { time: 5, sequence, bids: [['100', '1']], asks },
});
const BULLET = {
  code: '200000',
  data: {
    token: 'very-secret',
    instanceServers: [{ endpoint: 'wss://ws-api-spot.kucoin.com/', pingInterval: 5_000, pingTimeout: 10_000 }],
  },
};

/** A book that is followed, and what it said last. */
function followed(options?: KucoinBookOptions, exchange?: KucoinOptions) {
  const one = rig(exchange);
  const states: BookState[] = [];
  one.exchange.book('btc-usdt', options).subscribe((state) => states.push(state));
  one.pass(10);
  return { ...one, last: () => states.at(-1) };
}

describe('a book of KuCoin', () => {
  it('joins its snapshot where the ranges meet, and goes on from it', () => {
    const { wire, network, last, pass, faults } = followed();
    wire().receive(change(5, 6, [['101', '9', '6']]), change(7, 8, [['101', '2', '8']]));
    pass(10);
    expect(network.requests.map(({ request }) => request.url)).toEqual([
      'https://api.kucoin.com/api/v1/market/orderbook/level2_100?symbol=BTC-USDT',
    ]);

    network.requests[0]?.respond(answer('6'));
    wire().receive(change(9, 9, [['102', '3', '9']]));

    expect(last()).toMatchObject({ status: 'live', book: { sequence: 9, bestAsk: { size: 2 }, asks: { length: 2 } } });
    expect(faults).toEqual([]);
  });

  it('is stale in the step that shows a gap, and is mended by another snapshot', () => {
    const { wire, network, last, pass } = followed();
    wire().receive(change(5, 5, []));
    network.requests[0]?.respond(answer('4'));
    pass(10);

    wire().receive(change(7, 7, [['101', '2', '7']]));
    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
    pass(1_000);
    network.requests[1]?.respond(answer('6'));

    expect(last()).toMatchObject({ status: 'live', book: { sequence: 7, bestAsk: { size: 2 } } });
  });

  it('counts a row of price 0 as a number only, rows in their own order, and the last of a price', () => {
    const { wire, network, last } = followed();
    wire().receive(change(5, 5, [['0', '0', '5']]));
    network.requests[0]?.respond(answer('4'));

    wire().receive(
      change(6, 9, [
        ['101', '3', '9'],
        ['101', '0', '7'],
        ['0', '5', '8'],
      ]),
    );

    expect(last()).toMatchObject({ status: 'live', book: { sequence: 9, asks: { length: 1 }, bestAsk: { size: 3 } } });
  });

  it('takes a level that one frame adds and removes for one that was there', () => {
    const { wire, network, last, exchange } = followed();
    wire().receive(change(5, 5, []));
    network.requests[0]?.respond(answer('4'));

    wire().receive(
      change(6, 8, [
        ['102', '0', '7'],
        ['102', '3', '6'],
        ['103', '0', '8'],
      ]),
    );

    expect(last()).toMatchObject({ status: 'live', book: { asks: { length: 1 } } });
    expect(exchange.tally('BTC-USDT')).toMatchObject({ applied: 2, deletesOfNothing: 1 });
  });

  it('takes a start above its end for what it is', () => {
    const { wire, network, last } = followed();
    wire().receive(change(6, 5, []));
    network.requests[0]?.respond(answer('4'));

    wire().receive(change(7, 7, []));

    expect(last()).toMatchObject({ status: 'live', book: { sequence: 7 } });
  });

  it('begins with that of a pair that was just listed', () => {
    const { wire, network, last } = followed();
    wire().receive(change(1, 1, [['101', '1', '1']]));
    network.requests[0]?.respond({ code: '200000', data: { sequence: '-1', bids: null, asks: null } });

    expect(last()).toMatchObject({ status: 'live', book: { sequence: 1, asks: { length: 1 } } });
  });

  describe('of which the snapshot told a part', () => {
    const asks = Array.from({ length: 100 }, (_, i) => [`${101 + i}`, '1'] as const);
    const begun = (sign?: KucoinOptions['sign']) => {
      const one = followed({}, { url: 'wss://ws.example', ...(sign && { sign }) });
      one.wire().receive(change(5, 5, []));
      one.pass(10);
      one.network.requests[0]?.respond(answer('4', asks));
      return one;
    };

    it('leaves out what lies beyond, and takes all of a side that was told whole', () => {
      const { wire, last } = begun();

      wire().receive(change(6, 7, [['200.5', '1', '6']], [['1', '1', '7']]));

      expect(last()).toMatchObject({ status: 'live', book: { asks: { length: 100 }, bids: { length: 2 } } });
    });

    it('is mended by a new one when a side has hardly any left', () => {
      const { wire, last, network, pass } = begun();
      const removed = asks.slice(0, 90).map(([price], i): Row => [price, '0', `${6 + i}`]);

      wire().receive(change(6, 94, removed.slice(0, 89)));
      expect(last()).toMatchObject({ status: 'live', book: { asks: { length: 11 } } });
      wire().receive(change(95, 95, removed.slice(89)));
      expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
      pass(1_000);
      network.requests[1]?.respond(answer('95', asks.slice(90)));

      expect(last()).toMatchObject({ status: 'live', book: { asks: { length: 10 } } });
    });

    it('asks for another signature where one does not come', () => {
      let asked = 0;
      const sign = () => {
        asked += 1;
        return asked === 1 ? NEVER : [{ 'KC-API-KEY': 'very-secret' }];
      };
      const { wire, last, network, pass, faults } = followed({}, { url: 'wss://ws.example', sign });
      wire().receive(change(5, 5, []));
      pass(10_000);
      expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining('not signed within 8000 ms')]);

      network.requests[0]?.respond(answer('5'));
      wire().receive(change(6, 6, [['200.5', '1', '6']]));

      expect(last()).toMatchObject({ status: 'live' });
    });

    it('is whole where requests are signed', () => {
      const asked: unknown[] = [];
      const { wire, last, network } = begun((request) => {
        asked.push(request);
        return [{ 'KC-API-KEY': 'very-secret' }];
      });

      wire().receive(change(6, 6, [['200.5', '1', '6']]));

      expect(last()).toMatchObject({ status: 'live', book: { asks: { length: 101 } } });
      expect(asked).toEqual([{ method: 'GET', path: '/api/v3/market/orderbook/level2?symbol=BTC-USDT' }]);
      expect(network.requests[0]?.request.headers).toEqual({ 'KC-API-KEY': 'very-secret' });
    });
  });
});

describe('kucoin()', () => {
  it.each(['401', '"401"'])(
    'asks for an address and a token for each connection, as the answer says, until %s',
    (code) => {
      const { exchange, network, pass, wire, connection } = rig({});
      exchange.trades('BTC-USDT').subscribe();
      pass(10);
      expect(network.requests.map(({ request }) => [request.method, request.url])).toEqual([
        ['POST', 'https://api.kucoin.com/api/v1/bullet-public'],
      ]);

      network.requests[0]?.respond(BULLET);
      pass(10);
      expect(wire().endpoint.url).toMatch(
        /^wss:\/\/ws-api-spot\.kucoin\.com\/\?token=very-secret&connectId=[0-9a-z]+$/,
      );
      pass(5_000);
      expect(wire().sent.filter((text) => text.includes('"ping"'))).toHaveLength(1);

      wire().receive(`{"id":"x","type":"error","code":${code},"data":"token is expired."}`);
      pass(5_000);
      expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'auth' }));
      expect(network.requests).toHaveLength(2);
      expect(JSON.stringify(connection)).not.toContain('very-secret');
    },
  );

  describe.each([1, 0.001, 1e12])('where the answer has it pinged every %p ms', (pingInterval) => {
    it('is kept within reason: no storm, and a mute wire is lost', () => {
      const { exchange, network, pass, wire, connection } = rig({});
      exchange.trades('BTC-USDT').subscribe();
      pass(10);
      const [server] = BULLET.data.instanceServers;
      network.requests[0]?.respond({
        ...BULLET,
        data: { ...BULLET.data, instanceServers: [{ ...server, pingInterval }] },
      });
      pass(100);
      const [begun] = wire().sent.slice(-1);
      expect(begun).toContain('subscribe');

      pass(300_000);

      expect(wire().sent.filter((text) => text.includes('"ping"')).length).toBeLessThan(30);
      expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'silent' }));
    });
  });

  it('pings each connection as often as its own answer says, whichever came last', () => {
    let drawn = 0;
    const random = (): number => (drawn += 1) / 100;
    const { exchange, network, pass } = rig({ topicsPerWire: 1, random }, []);
    for (const symbol of ['A-B', 'C-D']) exchange.trades(symbol).subscribe();
    pass(10);
    for (const [i, pingInterval] of [5_000, 18_000].entries()) {
      const server = { endpoint: 'wss://ws-api-spot.kucoin.com/', pingInterval };
      network.requests[i]?.respond({ code: '200000', data: { token: 'very-secret', instanceServers: [server] } });
    }
    pass(10);
    for (const wire of network.wires) {
      wire.receive({ id: new URL(wire.endpoint.url).searchParams.get('connectId'), type: 'welcome' });
    }
    pass(16_000);

    const pings = network.wires.map(({ sent }) => sent.filter((text) => text.includes('"ping"')).length);
    expect(pings).toEqual([3, 0]);
  });

  it('says what was answered where no address is to be had', () => {
    const { exchange, network, pass, connection } = rig({});
    exchange.trades('BTC-USDT').subscribe();
    pass(10);

    network.requests[0]?.respond(response('<html>down</html>', { status: 200 }));
    pass(10);

    const text =
      'no address: request failed with status 200 (POST https://api.kucoin.com/api/v1/bullet-public): <html>down</html>';
    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'auth', text }));
  });

  it('says nothing before it was welcomed', () => {
    const { exchange, wire, pass } = rig(undefined, []);
    exchange.trades('BTC-USDT').subscribe();
    pass(100);
    expect(wire().sent).toEqual([]);

    wire().receive(WELCOME);
    pass(10);

    expect(wire().sent).toHaveLength(1);
  });

  it('speaks of one kind of topics at a time, and is answered for each', () => {
    const { exchange, wire, pass, faults } = rig();
    const errors: unknown[] = [];
    for (const symbol of ['A-B', 'C-D']) exchange.trades(symbol).subscribe();
    exchange.quotes('A-B').subscribe({ error: (error: unknown) => errors.push(error) });
    pass(10);
    const said = wire().sent.map((text) => JSON.parse(text) as { readonly id: string; readonly topic: string });
    expect(said.map(({ topic }) => topic)).toEqual(['/market/match:A-B,C-D', '/market/ticker:A-B']);
    expect(new Set(said.map(({ id }) => id)).size).toBe(2);

    wire().receive({ id: said[0]?.id, type: 'ack' });
    wire().receive({ id: said[1]?.id, type: 'error', code: 404, data: 'topic /market/ticker is not found' });
    pass(15_000);

    expect(String(errors[0])).toContain('404 topic /market/ticker is not found');
    expect(faults.map(({ type }) => type)).toEqual(['refused']);
    expect(wire().sent.filter((text) => text.includes('subscribe'))).toHaveLength(2);
  });

  it.each([
    ['its end was refused', 1],
    ['it was refused before it was left', 2],
  ])('goes on with what is wanted again though %s', (_, behind) => {
    const { exchange, wire, pass, faults } = rig({ url: 'wss://ws.example', linger: 0 });
    exchange.quotes('A-B').subscribe();
    const left = exchange.trades('A-B').subscribe();
    pass(10);
    left.unsubscribe();
    pass(10);
    const errors: unknown[] = [];
    exchange.trades('A-B').subscribe({ error: (error: unknown) => errors.push(error) });
    pass(10);
    const said = wire()
      .sent.slice(-3)
      .map((text) => JSON.parse(text) as { readonly id: string; readonly type: string });
    expect(said.map(({ type }) => type)).toEqual(['subscribe', 'unsubscribe', 'subscribe']);

    const refused = said.length - 1 - behind;
    for (const [i, { id }] of said.entries()) {
      wire().receive(i === refused ? { id, type: 'error', code: 509, data: 'exceed' } : { id, type: 'ack' });
    }
    pass(5_000);

    expect(errors).toEqual([]);
    expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining('509 exceed')]);
  });

  it('asks again for what it is asked too fast for, and ends once more what it would not end for now', () => {
    const { exchange, wire, pass } = rig({ url: 'wss://ws.example', linger: 0 });
    const errors: unknown[] = [];
    const said = () => wire().sent.map((text) => JSON.parse(text) as { readonly id: string; readonly type: string });
    const answer = (type: 'ack' | 'error'): void => {
      wire().receive({ id: said().at(-1)?.id, type, code: 509, data: 'exceed max permits per second' });
    };
    exchange.quotes('A-B').subscribe({ error: (error: unknown) => errors.push(error) });
    pass(10);
    answer('error');
    pass(11_000);
    answer('ack');
    expect(said().map(({ type }) => type)).toEqual(['subscribe', 'subscribe']);
    expect(errors).toEqual([]);

    const left = exchange.trades('A-B').subscribe();
    pass(10);
    answer('ack');
    left.unsubscribe();
    pass(10);
    answer('error');
    exchange.trades('C-D').subscribe();
    pass(10);

    expect(said().slice(-2)).toMatchObject([
      { type: 'unsubscribe', topic: '/market/match:A-B' },
      { type: 'subscribe', topic: '/market/match:C-D' },
    ]);
  });

  it('tells trades by the nanosecond, and candles closed by the next', () => {
    const { exchange, wire, pass, faults } = rig();
    const told: unknown[] = [];
    exchange.trades('DAPPT-BTC').subscribe(({ venueTime, exact }) => told.push([Math.round(venueTime), exact.price]));
    exchange.candles('DAPPT-BTC', '1min').subscribe(({ openTime, close, high, closed }) => {
      told.push([openTime, close, high, closed]);
    });
    pass(10);
    const trade = { symbol: 'DAPPT-BTC', side: 'buy', size: '81.8', price: '0.0000001117', tradeId: 'x' };
    const candle = (start: string, time: string): string =>
      `{"type":"message","topic":"/market/candles:DAPPT-BTC_1min","data":{"symbol":"DAPPT-BTC","candles":["${start}","1","2","3","1","0","0"],"time":${time}}}`;

    wire().receive({
      type: 'message',
      topic: '/market/match:DAPPT-BTC',
      data: { ...trade, time: '1619378327739050725' },
    });
    wire().receive(candle('60', '1619378328806000034'), candle('120', '1619378332805085744'));

    expect(told).toEqual([
      [1_619_378_327_739, '0.0000001117'],
      [60_000, 2, 3, false],
      [60_000, 2, 3, true],
      [120_000, 2, 3, false],
    ]);
    expect(faults).toEqual([]);
  });

  it.each(['{}', '17', 'null', '[]', '"x"', '', '{"type":"notice"}'])('says of %s that it can’t be read', (frame) => {
    const { exchange, wire, pass, faults } = rig();
    exchange.trades('BTC-USDT').subscribe();
    pass(10);

    wire().receive(frame);

    expect(faults).toMatchObject([{ type: 'decode' }]);
  });

  it.each([
    () => kucoin({ url: 'https://x' }),
    () => kucoin({ restUrl: 'wss://x' }),
    () => kucoin({ topicsPerWire: 0 }),
    () => kucoin({ sign: 5 } as object),
    () => kucoin().book('BTC USDT'),
    () => kucoin().book('BTC-USDT,ETH-USDT'),
    () => kucoin().book('BTC-USDT', { depth: 20 as 5 }),
    () => kucoin().candles('BTC-USDT', '1m' as '1min'),
    () => kucoin({ market: 'spot' } as KucoinOptions),
  ])('refuses what can’t be meant: %s', (call) => {
    expect(call).toThrow(InvalidArgumentError);
  });
});
