import { InvalidArgumentError, SubscriptionRefusedError } from '../../../lib/index.js';
import type { BookState, ConnectionState, Fault, Trade } from '../../../lib/index.js';
import { type FakeNetwork, type FakeWire, fakeNetwork, response } from '../../../lib/testing/index.js';
import {
  type BinanceExchange,
  type BinanceInterval,
  type BinanceOptions,
  binance,
} from '../../../lib/venues/binance/index.js';
import { Clock } from '../../support/fakeVenue.js';

interface Rig {
  readonly exchange: BinanceExchange;
  readonly network: FakeNetwork;
  readonly faults: Fault[];
  readonly connection: ConnectionState[];
  /** Lets virtual time pass, in ms. */
  pass(ms: number): void;
  /** What was sent on a wire, parsed. */
  sent(wire: number): readonly { readonly method: string; readonly params?: readonly string[]; readonly id: number }[];
}

/** Wires open at once; nothing is answered unless a test does. */
function rig(options: BinanceOptions = {}): Rig {
  const scheduler = new Clock();
  const network = fakeNetwork({ onOpening: (wire) => scheduler.schedule(() => wire.open()) });
  const exchange = binance({ network, scheduler, random: () => 0.5, ...options });
  const faults: Fault[] = [];
  const connection: ConnectionState[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  exchange.connection$.subscribe((state) => connection.push(state));
  return {
    exchange,
    network,
    faults,
    connection,
    pass: (ms) => {
      scheduler.advance(ms);
    },
    sent: (index) => wire(network, index).sent.map((text) => JSON.parse(text) as ReturnType<Rig['sent']>[number]),
  };
}

function wire(network: FakeNetwork, index: number): FakeWire {
  const found = network.wires[index];
  if (found === undefined) throw new Error(`no wire ${index} was opened`);
  return found;
}

const aggTrade = (s: string, a: number): object => ({
  stream: `${s.toLowerCase()}@aggTrade`,
  data: { e: 'aggTrade', E: 1, s, a, p: '1.0', q: '2', f: 1, l: 1, T: 1, m: false },
});
const depth = (U: number, u: number): object => ({
  stream: 'btcusdt@depth@100ms',
  data: { e: 'depthUpdate', E: 1, s: 'BTCUSDT', U, u, b: [[`${100 - (u % 5)}.0`, '1']], a: [] },
});
const snapshot = (lastUpdateId: number): string =>
  JSON.stringify({ lastUpdateId, bids: [['90.0', '1']], asks: [['110.0', '1']] });

describe('binance()', () => {
  it('opens nothing until something is subscribed', () => {
    const { exchange, network, pass } = rig();

    const trades$ = exchange.aggregateTrades('BTCUSDT');
    pass(1_000);

    expect(network.wires).toHaveLength(0);
    trades$.subscribe();
    expect(network.wires.map(({ endpoint }) => endpoint.url)).toEqual(['wss://stream.binance.com:9443/stream']);
  });

  it('subscribes what one tick asked for in one request, in lower case', () => {
    const { exchange, pass, sent } = rig();

    exchange.aggregateTrades('BTCUSDT').subscribe();
    exchange.trades('ethusdt').subscribe();
    exchange.candles('BTCUSDT', '1m').subscribe();
    pass(10);

    expect(sent(0)).toEqual([
      { method: 'SUBSCRIBE', params: ['btcusdt@aggTrade', 'ethusdt@trade', 'btcusdt@kline_1m'], id: 1 },
    ]);
  });

  it('sends books, quotes and trades of USD-M over one socket, everything else over another', () => {
    const { exchange, network, pass, sent } = rig({ market: 'usdm' });

    exchange.book('BTCUSDT').subscribe();
    exchange.quotes('BTCUSDT').subscribe();
    exchange.trades('BTCUSDT').subscribe();
    exchange.aggregateTrades('BTCUSDT').subscribe();
    exchange.candles('BTCUSDT', '1m').subscribe();
    exchange.ticker('BTCUSDT').subscribe();
    pass(10);

    expect(network.wires.map(({ endpoint }) => endpoint.url)).toEqual([
      'wss://fstream.binance.com/public/stream',
      'wss://fstream.binance.com/market/stream',
    ]);
    expect(sent(0)[0]?.params).toEqual(['btcusdt@depth@100ms', 'btcusdt@bookTicker', 'btcusdt@trade']);
    expect(sent(1)[0]?.params).toEqual(['btcusdt@aggTrade', 'btcusdt@kline_1m', 'btcusdt@ticker']);
  });

  it('takes data that comes before the answer for a confirmation', () => {
    const { exchange, network, pass, faults } = rig();
    const trades: Trade[] = [];
    exchange.aggregateTrades('BTCUSDT').subscribe((trade) => trades.push(trade));
    pass(10);

    wire(network, 0).receive(aggTrade('BTCUSDT', 7));
    pass(15_000);

    expect(trades.map(({ id }) => id)).toEqual(['7']);
    expect(faults).toEqual([]);
  });

  it.each([
    ['at the top, as documented', { code: 2, msg: 'Invalid request: x', id: 1 }],
    ['under `error`, as seen', { error: { code: 2, msg: 'Invalid request: x' }, id: 1 }],
  ])('errors the one channel that an error %s concerns', (_, answer) => {
    const { exchange, network, pass, faults } = rig();
    const errors: unknown[] = [];
    exchange.aggregateTrades('BTCUSDT').subscribe({ error: (error: unknown) => errors.push(error) });
    pass(10);

    wire(network, 0).receive(answer);

    expect(errors).toEqual([new SubscriptionRefusedError('binance', 'btcusdt@aggTrade', '2 Invalid request: x')]);
    expect(faults.map(({ type }) => type)).toEqual(['refused']);
  });

  it('asks in halves after a request of several was refused, so that only the guilty one errors', () => {
    const { exchange, network, pass, sent } = rig();
    const errors: unknown[] = [];
    for (const symbol of ['A', 'B', 'C']) {
      exchange.aggregateTrades(symbol).subscribe({ error: () => errors.push(symbol) });
    }
    const answer = (from: number): void => {
      for (const { id, params } of sent(0).slice(from)) {
        const isBad = params?.includes('b@aggTrade') === true;
        wire(network, 0).receive(isBad ? { code: 2, msg: 'bad', id } : { result: null, id });
      }
    };
    pass(10);
    for (let answered = 0; answered < sent(0).length; pass(2_000)) {
      const known = answered;
      answered = sent(0).length;
      answer(known);
    }

    expect(sent(0).map(({ params }) => params?.map((name) => name[0]).join(''))).toEqual(['abc', 'ab', 'c', 'a', 'b']);
    expect(errors).toEqual(['B']);
  });

  it('reports an error that names no request, and a frame that is neither event nor answer', () => {
    const { exchange, network, pass, faults } = rig();
    exchange.aggregateTrades('BTCUSDT').subscribe();
    pass(10);

    wire(network, 0).receive({ error: { code: 3, msg: 'Invalid JSON' } }, { hello: 1 }, 'no json', 'null', '17', '"x"');

    expect(faults.map(({ type }) => type)).toEqual(['venue', 'decode', 'decode', 'decode', 'decode', 'decode']);
    expect(faults[0]?.message).toContain('3 Invalid JSON');
    expect(faults[2]).toMatchObject({ raw: 'no json' });
  });

  it('reconnects at once when the venue announces its end', () => {
    const { exchange, network, pass, connection } = rig();
    exchange.aggregateTrades('BTCUSDT').subscribe();
    pass(6_000);

    wire(network, 0).receive({ stream: '!serverShutdown', data: { e: 'serverShutdown', E: 1 } });
    pass(10);

    expect(connection.map(({ status }) => status)).toEqual([
      'connecting',
      'ready',
      'lost',
      'waiting',
      'connecting',
      'ready',
    ]);
    expect(connection[2]).toMatchObject({ reason: 'shutdown' });
    expect(connection[3]).toMatchObject({ ms: 0 });
  });

  it('asks a silent wire whether it is there, and gives it up when it is not', () => {
    const { exchange, network, pass, connection, sent } = rig();
    exchange.aggregateTrades('BTCUSDT').subscribe();
    pass(10);
    wire(network, 0).receive({ result: null, id: 1 });

    pass(30_000);
    expect(sent(0).at(-1)).toEqual({ method: 'LIST_SUBSCRIPTIONS', id: 2 });
    wire(network, 0).receive({ result: ['btcusdt@aggTrade'], id: 2 });
    pass(30_000);
    expect(connection.map(({ status }) => status)).not.toContain('lost');
    pass(20_000);

    expect(connection.find(({ status }) => status === 'lost')).toMatchObject({ reason: 'silent' });
  });

  it('never sends more than 4 messages a second', () => {
    const { exchange, pass, sent } = rig();

    for (let i = 0; i < 1_000; i += 1) exchange.aggregateTrades(`S${i}`).subscribe();
    pass(900);
    expect(sent(0)).toHaveLength(4);
    pass(1_000);
    expect(sent(0)).toHaveLength(8);
    pass(1_000);

    expect(sent(0).flatMap(({ params }) => params ?? [])).toHaveLength(1_000);
    expect(Math.max(...sent(0).map(({ params }) => params?.length ?? 0))).toBe(100);
  });

  it('joins the snapshot with the diffs that came meanwhile, and goes stale on a gap until the next', () => {
    const { exchange, network, pass, faults } = rig();
    const states: string[] = [];
    exchange.book('btcusdt', { depth: 60 }).subscribe((state) => states.push(nameOf(state)));
    pass(10);
    wire(network, 0).receive(depth(8, 10), depth(11, 12));
    pass(10);
    expect(network.requests.map(({ request }) => request.url)).toEqual([
      'https://api.binance.com/api/v3/depth?symbol=BTCUSDT&limit=100',
    ]);

    network.requests[0]?.respond(snapshot(10));
    wire(network, 0).receive(depth(13, 13), depth(15, 15));
    pass(10);
    network.requests[1]?.respond(snapshot(15));
    wire(network, 0).receive(depth(16, 16));

    expect(states).toEqual(['syncing', 'live 12', 'live 13', 'stale gap', 'live 15', 'live 16']);
    expect(faults.map(({ type }) => type)).toEqual(['gap', 'resnapshot']);
    expect(exchange.tally('BTCUSDT')).toMatchObject({ snapshots: 2, diffs: 5, gaps: 1 });
  });

  it.each([
    [-1100, true],
    [-1102, true],
    [-1122, true],
    [-1130, true],
    [-4108, true],
    [-4141, true],
    [-1000, false],
    [-1003, false],
    [-1007, false],
    [-1008, false],
    [-1112, false],
    [-4109, false],
  ])('ends a book whose snapshot is refused with %d: %s', (code, isFinal) => {
    const { exchange, network, pass } = rig();
    const ends: unknown[] = [];
    exchange.book('BTCUSDT').subscribe({ error: (error: unknown) => ends.push(error) });
    pass(10);
    wire(network, 0).receive({ result: null, id: 1 });
    pass(10);
    wire(network, 0).receive({
      stream: 'btcusdt@depth@100ms',
      data: { e: 'depthUpdate', E: 1, s: 'BTCUSDT', U: 1, u: 2, b: [], a: [] },
    });
    pass(10);
    network.requests[0]?.respond(response(JSON.stringify({ code, msg: 'x'.repeat(300) }), { status: 400 }));

    expect(network.requests).toHaveLength(1);
    expect(ends).toHaveLength(isFinal ? 1 : 0);
    exchange.close();
  });

  it('ends a book of a symbol that does not exist with a typed error, and nothing else', () => {
    const { exchange, network, pass, faults } = rig();
    const ends: unknown[] = [];
    exchange.book('NOPE').subscribe({ error: (error: unknown) => ends.push(error) });
    exchange.aggregateTrades('BTCUSDT').subscribe({ error: (error: unknown) => ends.push(error) });
    pass(10);
    wire(network, 0).receive({ result: null, id: 1 });
    pass(10);

    network.requests[0]?.respond(response('{"code":-1121,"msg":"Invalid symbol."}', { status: 400 }));

    expect(ends).toEqual([new SubscriptionRefusedError('binance', 'NOPE', 'Invalid symbol.')]);
    expect(faults.map(({ type }) => type)).toEqual(['refused']);
  });

  it('asks for nothing while the venue wants to be left alone', () => {
    const { exchange, network, pass, faults } = rig();
    exchange.book('BTCUSDT').subscribe();
    exchange.book('ETHUSDT').subscribe();
    pass(10);
    wire(network, 0).receive({ result: null, id: 1 });
    pass(10);
    expect(network.requests).toHaveLength(2);

    network.requests[0]?.respond(
      response('{"code":-1003,"msg":"Too much"}', { status: 429, headers: { 'retry-after': '7' } }),
    );
    network.requests[1]?.respond(response('', { status: 500 }));
    pass(6_900);
    expect(network.requests).toHaveLength(2);
    pass(2_000);

    expect(network.requests).toHaveLength(4);
    expect(faults.map(({ type }) => type)).toEqual(['snapshot', 'snapshot', 'waiting']);
  });

  it('gives late observers of a book, its events and a quote the present state at once', () => {
    const { exchange, network, pass } = rig();
    exchange.book('BTCUSDT').subscribe();
    exchange.quotes('BTCUSDT').subscribe();
    pass(10);
    wire(network, 0).receive(depth(8, 10));
    wire(network, 0).receive({
      stream: 'btcusdt@bookTicker',
      data: { u: 9, s: 'BTCUSDT', b: '1', B: '1', a: '2', A: '1' },
    });
    pass(10);
    network.requests[0]?.respond(snapshot(10));
    const late: string[] = [];

    exchange.book('BTCUSDT').subscribe((state) => late.push(nameOf(state)));
    exchange.depth('BTCUSDT').subscribe((event) => late.push(event.type));
    exchange.quotes('BTCUSDT').subscribe((quote) => late.push(`quote ${String(quote.sequence)}`));

    expect(late).toEqual(['live 10', 'snapshot', 'quote 9']);
    wire(network, 0).lose();
    exchange.quotes('BTCUSDT').subscribe(() => late.push('a quote from before'));
    exchange.book('BTCUSDT').subscribe((state) => late.push(nameOf(state)));
    expect(late.slice(3)).toEqual(['stale disconnected', 'reset', 'stale disconnected']);
  });

  it('lets two books of different depth share one stream', () => {
    const { exchange, network, pass, sent } = rig();
    const states: string[] = [];
    exchange.book('BTCUSDT', { depth: 100 }).subscribe((state) => states.push(`a ${nameOf(state)}`));
    pass(10);
    wire(network, 0).receive({ result: null, id: 1 });
    exchange.book('BTCUSDT', { depth: 5_000 }).subscribe((state) => states.push(`b ${nameOf(state)}`));
    pass(10);
    for (const request of network.requests) request.respond(snapshot(10));
    wire(network, 0).receive(depth(11, 11));

    expect(sent(0)).toHaveLength(1);
    expect(network.requests.map(({ request }) => /limit=\d+/.exec(request.url)?.[0])).toEqual([
      'limit=100',
      'limit=5000',
    ]);
    expect(states).toEqual(['a syncing', 'b syncing', 'a live 10', 'b live 10', 'a live 11', 'b live 11']);
  });

  it('is stale by hand until mended by a new snapshot', () => {
    const { exchange, network, pass } = rig();
    const states: string[] = [];
    exchange.book('BTCUSDT').subscribe((state) => states.push(nameOf(state)));
    pass(10);
    wire(network, 0).receive(depth(8, 10));
    pass(10);
    network.requests[0]?.respond(snapshot(10));

    exchange.resync('ETHUSDT');
    exchange.resync('btcusdt');
    pass(10);
    network.requests[1]?.respond(snapshot(10));

    expect(states).toEqual(['syncing', 'live 10', 'stale resync', 'live 10']);
  });

  it.each<[string, () => unknown, string]>([
    [
      'a speed of the other market',
      () => rig().exchange.book('A', { speed: '250ms' }),
      'speed: expected 100ms, 1000ms, got "250ms"',
    ],
    [
      'too many levels',
      () => rig({ market: 'usdm' }).exchange.book('A', { depth: 5_000 }),
      'depth: expected a whole number from 1 to 1000, got 5000',
    ],
    ['no levels', () => rig().exchange.book('A', { depth: 0 }), 'depth: expected a whole number from 1 to 5000, got 0'],
    [
      'an interval of the other market',
      () => rig({ market: 'usdm' }).exchange.candles('A', '1s'),
      'interval: expected 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w, 1M, got "1s"',
    ],
    ['no symbol', () => rig().exchange.trades(''), 'symbol: expected a symbol, got ""'],
    ['a stream for a symbol', () => rig().exchange.trades('a@trade'), 'symbol: expected'],
    ['a page for a socket', () => rig({ url: 'https://example.org' }), 'url: expected a ws:// or wss:// address'],
    [
      'an unknown market',
      () => rig({ market: 'margin' as 'spot' }),
      'market: expected spot, usdm, coinm, got "margin"',
    ],
    [
      'too many streams on a wire',
      () => rig({ streamsPerWire: 2_000 }),
      'streamsPerWire: expected a whole number from 1 to 1024',
    ],
    ['a negative linger', () => rig({ linger: -1 }), 'linger: expected'],
  ])('refuses %s at the call', (_, call, message) => {
    expect(call).toThrow(InvalidArgumentError);
    expect(call).toThrow(message);
  });

  it('talks to the host of `url`, snapshots included', () => {
    const { exchange, network, pass } = rig({ url: 'ws://127.0.0.1:1234/' });
    exchange.book('BTCUSDT').subscribe();
    pass(10);
    wire(network, 0).receive({ result: null, id: 1 });
    pass(10);

    expect(network.wires[0]?.endpoint.url).toBe('ws://127.0.0.1:1234/stream');
    expect(network.requests[0]?.request.url).toBe('http://127.0.0.1:1234/api/v3/depth?symbol=BTCUSDT&limit=1000');
  });

  it.each([
    [{}, 'wss://stream.binance.com:9443/stream', 'https://api.binance.com/api/v3'],
    [
      { url: 'wss://data-stream.binance.vision' },
      'wss://data-stream.binance.vision/stream',
      'https://data-api.binance.vision/api/v3',
    ],
    [{ url: 'wss://stream.binance.us:9443' }, 'wss://stream.binance.us:9443/stream', 'https://api.binance.us/api/v3'],
    [
      { url: 'wss://stream-cloud.trbinance.com' },
      'wss://stream-cloud.trbinance.com/stream',
      'https://api.binance.me/api/v3',
    ],
    [
      { url: 'wss://stream.binance.com:443' },
      /^wss:..stream.binance.com(:443)?.stream$/,
      'https://api.binance.com/api/v3',
    ],
    [
      { market: 'usdm', url: 'wss://fstream.binance.com' },
      'wss://fstream.binance.com/public/stream',
      'https://fapi.binance.com/fapi/v1',
    ],
    [
      { market: 'usdm', url: 'wss://fstream.binancefuture.com', restUrl: 'https://test.example' },
      'wss://fstream.binancefuture.com/stream',
      'https://test.example/fapi/v1',
    ],
    [
      { market: 'usdm', url: 'wss://venue.example', split: false },
      'wss://venue.example/stream',
      'https://venue.example/fapi/v1',
    ],
    [
      { market: 'usdm', url: 'wss://venue.example' },
      'wss://venue.example/public/stream',
      'https://venue.example/fapi/v1',
    ],
  ] as const)('with %j opens %s, and asks %s', (options, socket, rest) => {
    const { exchange, network, pass } = rig(options);
    exchange.book('BTCUSDT').subscribe();
    pass(10);
    wire(network, 0).receive({ result: null, id: 1 });
    pass(10);

    expect(network.wires[0]?.endpoint.url).toMatch(socket);
    expect(network.requests[0]?.request.url).toBe(`${rest}/depth?symbol=BTCUSDT&limit=1000`);
  });

  it('completes everything and closes with 1000 when closed', () => {
    const { exchange, network, pass } = rig();
    const ends: string[] = [];
    exchange.book('BTCUSDT').subscribe({ complete: () => ends.push('book') });
    exchange.trades('BTCUSDT').subscribe({ complete: () => ends.push('trades') });
    exchange.connection$.subscribe({ complete: () => ends.push('connection$') });
    exchange.faults$.subscribe({ complete: () => ends.push('faults$') });
    pass(10);

    exchange.close();

    expect(ends.sort()).toEqual(['book', 'connection$', 'faults$', 'trades']);
    expect(network.wires[0]?.closed).toEqual({ code: 1000, reason: '' });
    exchange.trades('BTCUSDT').subscribe({ complete: () => ends.push('later') });
    expect(ends).toContain('later');
    pass(60_000);
    expect(network.wires).toHaveLength(1);
  });
});

const nameOf = (state: BookState): string => {
  if (state.status === 'live') return `live ${String(state.book.sequence)}`;
  return state.status === 'stale' ? `stale ${state.reason}` : 'syncing';
};

describe('the intervals of candles', () => {
  const all = '1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M'.split(' ') as BinanceInterval[];
  it.each(all)('takes %s', (interval) => {
    for (const market of ['spot', 'usdm'] as const) {
      expect(() => rig({ market }).exchange.candles('A', interval)).not.toThrow();
    }
  });

  it.each(['', '2m', '10m', '45m', '3h', '10h', '24h', '2d', '2w', '1y', '1Mm', ' 1m', '1s1m', '30s'])(
    'refuses "%s"',
    (interval) => {
      expect(() => rig().exchange.candles('A', interval as BinanceInterval)).toThrow('interval: expected');
    },
  );
});
