import { type Observable } from 'rxjs';
import {
  InvalidArgumentError,
  RequestFailedError,
  SubscriptionRefusedError,
  WireLostError,
} from '../../../lib/index.js';
import type { AccountEvent, AccountState, BookState, ConnectionState, Fault } from '../../../lib/index.js';
import { ed25519Signer } from '../../../lib/node/ed25519Signer.js';
import {
  fakeNetwork,
  response,
  type FakeNetwork,
  type FakeRequest,
  type FakeWire,
} from '../../../lib/testing/index.js';
import { tplus, type TplusAccountExchange, type TplusOptions } from '../../../lib/venues/tplus/index.js';
import { depthSequence, orderEvents, taggedTrades, trades, userTrades } from './examples.js';
import { Clock } from '../../support/fakeVenue.js';

const signer = ed25519Signer(new Uint8Array(32));
const account = { userId: signer.publicKey, sign: signer.sign };
const NANOS = 1_000_000;
const PAGE = '<html>404</html>';

interface Rig {
  readonly exchange: TplusAccountExchange;
  readonly network: FakeNetwork;
  readonly faults: Fault[];
  readonly connection: ConnectionState[];
  pass(ms: number): void;
  wire(index: number): FakeWire;
  /** The paths of what was asked for and not answered yet. */
  waiting(): readonly string[];
  /** Answers all that wait under a path that begins so. */
  answer(path: string, body: unknown, status?: number): void;
}

/** Wires open at once; tokens are given without being asked about, and named `token 1` and so on; nothing else is answered. */
function rig(options: TplusOptions & { readonly opens?: boolean; readonly signs?: boolean } = {}): Rig {
  const { opens = true, signs = true, ...rest } = options;
  const scheduler = new Clock();
  let tokens = 0;
  const network = fakeNetwork({
    onOpening: (wire) => (opens ? scheduler.schedule(() => wire.open()) : undefined),
    onRequested: (request) =>
      signs
        ? scheduler.schedule(() => {
            const { pathname } = new URL(request.request.url);
            if (pathname.startsWith('/nonce/')) request.respond('{"value":"a nonce"}');
            if (pathname !== '/auth') return;
            tokens += 1;
            const expiry = BigInt(Math.floor(scheduler.now()) + 86_400_000) * BigInt(NANOS) + 1n;
            request.respond(`{"token":"token ${tokens}","expiry_ns":${expiry}}`);
          })
        : undefined,
  });
  // A test answers as late as it likes.
  const patient = { ...network, answersWithin: Infinity };
  const exchange = tplus({ network: patient, scheduler, random: () => 0.5, account, ...rest });
  const faults: Fault[] = [];
  const connection: ConnectionState[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  exchange.connection$.subscribe((state) => connection.push(state));
  const pathOf = ({ request }: FakeRequest): string => request.url.replace(/^https:\/\/\w+\.tplus\.cx/, '');
  const open = (): readonly FakeRequest[] => network.requests.filter(({ status }) => status === 'waiting');
  return {
    exchange,
    network,
    faults,
    connection,
    pass: (ms) => {
      scheduler.advance(ms);
    },
    wire: (index) => {
      const found = network.wires[index];
      if (found === undefined) throw new Error(`no wire ${index} was opened`);
      return found;
    },
    waiting: () => open().map(pathOf),
    answer: (path, body, status = 200) => {
      for (const request of open()) if (pathOf(request).startsWith(path)) request.respond(response(body, { status }));
    },
  };
}

/** What a stream says, in words. */
function seen<T>(source: Observable<T>, text: (value: T) => string): string[] {
  const log: string[] = [];
  source.subscribe({
    next: (value) => log.push(text(value)),
    error: (error: unknown) => log.push(String(error)),
    complete: () => log.push('complete'),
  });
  return log;
}
const bookText = (state: BookState): string => {
  if (state.status === 'syncing') return 'syncing';
  return `${state.status} ${String(state.book.sequence)}${state.status === 'stale' ? ` ${state.reason}` : ''}`;
};
const eventText = (event: AccountEvent<unknown, unknown>): string =>
  event.type === 'reset' ? `reset ${event.reason}` : event.type;
const stateText = (state: AccountState<unknown>): string =>
  state.status === 'stale' ? `stale ${state.reason}` : state.status;

describe('tplus()', () => {
  it('opens a socket for each path, anonymously, on the market data host', () => {
    const { exchange, network, pass } = rig();
    const chained = `${'ab'.repeat(32)}@00000000000000a4b1`;
    exchange.book('200').subscribe();
    exchange.depth('200').subscribe();
    exchange.book(chained).subscribe();
    exchange.finalizedTrades().subscribe();
    exchange.trades('200').subscribe();
    exchange.allTrades().subscribe();
    exchange.candles('200').subscribe();
    exchange.ticker('200').subscribe();
    pass(1);

    expect(network.wires.map(({ endpoint }) => endpoint)).toEqual(
      [
        '/marketdepth/diff/200',
        `/marketdepth/diff/${chained}`,
        '/trades',
        '/trades/events',
        '/klines/diff/200',
        '/ticker/ws/200',
      ].map((path) => ({ url: `wss://mds.tplus.cx${path}` })),
    );
    expect(network.wires.flatMap(({ sent }) => sent)).toEqual([]);
    expect(exchange.plan().map(({ wire }) => wire)[0]).toBe('depth:200#1');
  });

  it.each([
    [{}, 'https://oms.tplus.cx', 'https://mds.tplus.cx'],
    [
      { orderUrl: 'https://oms-dev.example:8443/prefix?x=1' },
      'https://oms-dev.example:8443',
      'https://mds-dev.example:8443',
    ],
    [{ orderUrl: 'http://127.0.0.1:8000' }, 'http://127.0.0.1:8000', 'http://127.0.0.1:8000'],
    [{ orderUrl: 'ws://oms.x', marketUrl: 'wss://other.y/' }, 'http://oms.x', 'https://other.y'],
  ])('finds its hosts in %j', (options, order, market) => {
    const { exchange, network, pass } = rig(options);
    exchange.allTrades().subscribe();
    exchange.orders().subscribe();
    pass(1);

    const socket = (url: string): string => url.replace('http', 'ws');
    expect(network.wires.map(({ endpoint }) => endpoint.url)).toEqual([
      `${socket(market)}/trades/events`,
      `${socket(order)}/orders`,
    ]);
    expect(network.requests[0]?.request.url).toBe(`${order}/nonce/${account.userId}`);
  });

  it.each<[string, () => unknown, string]>([
    ['a name for an asset', () => rig().exchange.book('BTC'), 'asset: expected an index such as 200'],
    ['a path for an asset', () => rig().exchange.candles('200/../x'), 'asset: expected'],
    ['an address without a scheme', () => tplus({ orderUrl: 'oms.tplus.cx' }), 'orderUrl: expected'],
    [
      'a sequence of another kind',
      () => tplus({ sequence: 'loose' as 'strict' }),
      'sequence: expected strict, increasing',
    ],
    [
      'a user in upper case',
      () => tplus({ account: { ...account, userId: account.userId.toUpperCase() } }),
      'account.userId: expected 64 hex digits',
    ],
  ])('refuses %s at the call', (_, call, message) => {
    expect(call).toThrow(InvalidArgumentError);
    expect(call).toThrow(message);
  });
});

describe('a book', () => {
  it('is stale where none of its frames can be read any more, as long as that lasts', () => {
    const { exchange, pass, wire, answer, waiting } = rig();
    const log = seen(exchange.book('200'), bookText);
    const diff = (sequence_number: number | string) => ({ bids: [['1', '2']], asks: [], sequence_number });
    pass(1);
    wire(0).receive(diff(8));
    pass(1);
    answer('/marketdepth/200', { sequence_number: 7, bids: [], asks: [] });
    wire(0).receive(diff('nine'), diff('ten'), diff(9), diff('ten'), diff('eleven'));
    expect(log).toEqual(['syncing', 'live 8', 'live 9']);
    wire(0).receive(diff('twelve'));
    expect(log.slice(3)).toEqual(['stale 9 gap']);
    pass(500);
    expect(waiting()).toEqual(['/marketdepth/200']);
    // The snapshot is of a book that nothing goes on from, as far as can be read.
    wire(0).receive(diff('thirteen'));
    answer('/marketdepth/200', { sequence_number: 12, bids: [], asks: [] });
    expect(log.slice(4)).toEqual([]);
    wire(0).receive(diff(14));
    pass(5_000);
    answer('/marketdepth/200', { sequence_number: 14, bids: [], asks: [] });
    expect(log.slice(4)).toEqual(['live 14']);
  });

  it('folds the worked sequence to the expected book, and goes stale at its gap', () => {
    const { exchange, faults, pass, wire, waiting, answer } = rig();
    const [snapshot, ...diffs] = depthSequence;
    let last: BookState | undefined;
    exchange.book('200').subscribe((state) => (last = state));
    const log = seen(exchange.book('200'), bookText);
    pass(1);
    wire(0).receive('{"type":"subscriptions","channels":[{"name":"marketdepth"}],"errors":null}', '{"type":"ping"}');
    wire(0).receive(...diffs.slice(0, 3));
    pass(1);
    expect(waiting()).toEqual(['/marketdepth/200']);

    answer('/marketdepth/200', snapshot);
    wire(0).receive(...diffs.slice(3, 6));

    expect(log).toEqual(['syncing', 'live 1944', 'live 1945', 'live 1946', 'live 1947']);
    const book = last?.status === 'live' ? last.book : undefined;
    const side = (levels: Iterable<{ readonly price: number; readonly size: number }> | undefined) =>
      [...(levels ?? [])].map(({ price, size }) => [price, size]);
    expect(side(book?.bids)).toEqual([
      [100.45, 1.25],
      [100.4, 2.5],
      [100.3, 1],
    ]);
    expect(side(book?.asks)).toEqual([
      [100.6, 1.75],
      [101, 4],
      [101.5, 0.5],
    ]);

    wire(0).receive(diffs[6], diffs[7]);
    expect(log.slice(5)).toEqual(['live 1948', 'stale 1948 gap']);
    expect(last).toMatchObject({ status: 'stale', book: { bestBid: { price: 100.45, size: 1.5 } } });
    pass(1);
    answer('/marketdepth/200', '{"asks":[["101.5","1"]],"bids":[["99","1"],["100.45","2"]],"sequence_number":1951}');

    expect(log.slice(7)).toEqual(['live 1951']);
    expect(last).toMatchObject({ book: { bestBid: { price: 100.45, size: 2 } } });
    expect(faults.map(({ type }) => type)).toEqual(['gap', 'resnapshot']);
    expect(exchange.tally('200')).toMatchObject({ snapshots: 2, gaps: 1 });
  });

  it('goes on over numbers left out where they only increase', () => {
    const { exchange, pass, wire, answer } = rig({ sequence: 'increasing' });
    const log = seen(exchange.book('200'), bookText);
    pass(1);
    answer('/marketdepth/200', depthSequence[0]);
    wire(0).receive(...depthSequence.slice(1));

    expect(log).toEqual([
      'syncing',
      'live 1943',
      'live 1944',
      'live 1945',
      'live 1946',
      'live 1947',
      'live 1948',
      'live 1951',
    ]);
  });

  it('takes a snapshot without a sequence for none', () => {
    const { exchange, faults, pass, answer } = rig();
    const log = seen(exchange.book('200'), bookText);
    pass(1);
    answer('/marketdepth/200', '{"asks":[],"bids":[],"sequence_number":0}');
    pass(1_000);
    answer('/marketdepth/200', '{"sequence_number":5}');

    expect(log).toEqual(['syncing', 'live 5']);
    expect(faults[0]).toMatchObject({ type: 'snapshot' });
  });

  it('is seeded anew after a reconnect', () => {
    const { exchange, pass, wire, answer } = rig();
    const log = seen(exchange.book('200'), bookText);
    pass(1);
    answer('/marketdepth/200', depthSequence[0]);
    wire(0).end(1001);
    pass(1);
    answer('/marketdepth/200', '{"bids":[["1","1"]],"asks":[],"sequence_number":7}');

    expect(log).toEqual(['syncing', 'live 1943', 'stale 1943 disconnected', 'live 7']);
  });
});

describe('a market that does not exist', () => {
  it.each([
    ['book', (exchange: TplusAccountExchange): Observable<unknown> => exchange.book('999')],
    ['trades', (exchange: TplusAccountExchange): Observable<unknown> => exchange.trades('999')],
    ['candles', (exchange: TplusAccountExchange): Observable<unknown> => exchange.candles('999')],
    ['ticker', (exchange: TplusAccountExchange): Observable<unknown> => exchange.ticker('999')],
  ])('ends %s with a typed refusal, also where its socket just stays silent', (_, stream) => {
    const { exchange, pass, answer } = rig();
    const log = seen(stream(exchange), String).slice(0);
    const errors: unknown[] = [];
    stream(exchange).subscribe({ error: (error: unknown) => errors.push(error) });
    pass(1);
    answer('/marketdepth/999', '{"error":{"code":"MARKET_NOT_FOUND","message":"x","details":null}}', 404);
    pass(1);

    expect(errors).toEqual([new SubscriptionRefusedError('tplus', '999', 'MARKET_NOT_FOUND')]);
    expect(log).toEqual(log.slice(0, 1));
  });

  it('ends a stream whose upgrade is refused with 404, after one attempt', () => {
    const { exchange, network, pass, faults } = rig({ opens: false });
    const log = seen(exchange.allTrades(), String);
    network.wires[0]?.lose(new WireLostError('failed', 'x', 404));
    pass(60_000);

    expect(log).toEqual([
      String(new SubscriptionRefusedError('tplus', 'allTrades', 'the venue has no such stream (404)')),
    ]);
    expect(network.wires).toHaveLength(1);
    expect(faults.map(({ type }) => type)).toEqual(['refused']);
  });

  it('is none where a page in front of the venue says 404: it is asked for again', () => {
    const { exchange, pass, answer } = rig();
    const log = seen(exchange.book('200'), ({ status }) => status);
    pass(1);
    answer('/marketdepth/200', PAGE, 404);
    pass(120_000);
    answer('/marketdepth/200', { sequence_number: 7, bids: [], asks: [] });
    pass(1);

    expect(log).toEqual(['syncing', 'live']);
  });

  it.each([
    ['by a page', PAGE, 0],
    ['until later', '', 2_000],
  ])('has an upgrade that is refused with 404 %s tried again', (_, words, after) => {
    const { exchange, network, pass } = rig({ opens: false });
    const log = seen(exchange.allTrades(), String);
    const cause = new RequestFailedError(words, 404, after);
    network.wires[0]?.lose(new WireLostError('failed', 'x', 404, { cause }));
    pass(60_000);

    expect(log).toEqual([]);
    expect(network.wires.length).toBeGreaterThan(1);
  });

  it.each([PAGE, '', 'no route'])('has an upgrade of the user’s tried again that is refused with 404 by %j', (text) => {
    const { exchange, network, pass } = rig({ opens: false });
    const log = seen(exchange.orders(), String);
    pass(1);
    const cause = new RequestFailedError(text, 404);
    network.wires[0]?.lose(new WireLostError('failed', 'x', 404, { cause }));
    pass(60_000);

    expect(log).toEqual([]);
    expect(network.wires.length).toBeGreaterThan(1);
  });

  it('is looked for once, and taken to exist where nobody can say', () => {
    const { exchange, pass, answer, waiting, wire } = rig();
    const log = seen(exchange.candles('200'), ({ close }) => String(close));
    pass(1);
    answer('/marketdepth/200', 'out of order', 500);
    exchange.trades('200').subscribe();
    pass(1);
    answer('/marketdepth/200', depthSequence[0]);
    exchange.ticker('200').subscribe();
    pass(1);
    wire(0).receive(
      '{"open":"1","high":"1","low":"1","close":"1.5","volume":"1","open_timestamp_ns":0,"close_timestamp_ns":60000000000}',
    );

    expect(waiting()).toEqual([]);
    expect(log).toEqual(['1.5']);
  });
});

describe('trades', () => {
  it('of one asset are a part of all, on one socket; each step of all trades has another', () => {
    const { exchange, network, pass, wire } = rig();
    const all = seen(exchange.finalizedTrades(), ({ id }) => id);
    const some = seen(exchange.trades('200'), ({ id }) => id);
    const steps = seen(exchange.allTrades(), ({ id, status }) => `${id} ${status}`);
    pass(1);
    wire(0).receive(...trades);
    wire(1).receive(...taggedTrades.slice(3));

    expect(network.wires).toHaveLength(2);
    expect(all).toEqual(['122519', '122520', '122521', '122522', '122523', '122524']);
    expect(some).toEqual(['122520', '122521', '122523', '122524']);
    expect(steps).toEqual(['122525 pending', '122525 confirmed', '122526 rolledBack']);
  });
});

describe('channels', () => {
  it('are opened once for many, closed a linger after the last has left, and not if one comes back', () => {
    const { exchange, network, pass } = rig();
    const many = Array.from({ length: 5 }, () => exchange.allTrades().subscribe());
    pass(100);
    for (const one of many) one.unsubscribe();
    pass(900);
    const again = exchange.allTrades().subscribe();
    pass(5_000);
    expect(network.wires.map(({ status }) => status)).toEqual(['open']);

    again.unsubscribe();
    pass(5_000);
    expect(network.wires.map(({ closed }) => closed?.code)).toEqual([1000]);
    exchange.allTrades().subscribe();
    pass(1);
    expect(network.wires).toHaveLength(2);
  });

  it('end with the exchange', () => {
    const { exchange, network, pass } = rig();
    const logs = [
      seen(exchange.book('200'), () => ''),
      seen(exchange.trades('200'), () => ''),
      seen(exchange.orders(), () => ''),
      seen(exchange.fills(), () => ''),
    ];
    pass(1);
    exchange.close();

    expect(logs.map((log) => log.at(-1))).toEqual(['complete', 'complete', 'complete', 'complete']);
    expect(network.wires.map(({ closed }) => closed?.code)).toEqual(
      [1000, 1000, 1000, 1000].slice(0, network.wires.length),
    );
  });
});

describe("a user's streams", () => {
  it('sign in once, by nonce and signature, and carry the token in the upgrade alone', () => {
    const { exchange, network, pass } = rig();
    exchange.orders().subscribe();
    exchange.fills().subscribe();
    pass(5);

    const requests = network.requests.map(({ request }) => request);
    expect(requests.slice(0, 2).map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET https://oms.tplus.cx/nonce/${account.userId}`,
      'POST https://oms.tplus.cx/auth',
    ]);
    expect(JSON.parse(requests[1]?.body ?? '')).toEqual({
      user_id: account.userId,
      nonce: 'a nonce',
      signature: [...signer.sign(new TextEncoder().encode('anonce'))[0]],
    });
    const signed = { Authorization: 'Bearer token 1', 'User-Id': account.userId };
    expect(network.wires.map(({ endpoint }) => endpoint)).toEqual([
      { url: 'wss://oms.tplus.cx/orders', headers: { ...signed, Origin: 'https://oms.tplus.cx' } },
      {
        url: `wss://oms.tplus.cx/trades/user/events/${account.userId}`,
        headers: { ...signed, Origin: 'https://oms.tplus.cx' },
      },
    ]);
    expect(requests.slice(2).map(({ url, headers }) => ({ url, headers }))).toEqual([
      { url: `https://oms.tplus.cx/orders/user/${account.userId}?page=0&limit=1000`, headers: signed },
      { url: `https://oms.tplus.cx/trades/user/${account.userId}?page=0&limit=1000`, headers: signed },
    ]);
  });

  it('tell every event, a reset for each session, and then what the venue lists', () => {
    const { exchange, pass, wire, answer } = rig();
    const events = seen(exchange.orders(), eventText);
    const states = seen(exchange.openOrders(), stateText);
    pass(5);
    wire(0).receive(orderEvents[2]);
    answer('/orders/', { orders: [], has_next_page: false });
    pass(1);
    wire(0).receive(orderEvents[3]);
    wire(0).lose();
    pass(5);
    answer('/orders/', '[]');
    pass(1);

    expect(events).toEqual([
      ...['reset connected', 'event', 'snapshot', 'event'],
      ...['reset reconnected', 'snapshot'],
    ]);
    expect(states).toEqual(['syncing', 'live', 'live', 'stale failed', 'live']);
    const late = seen(exchange.openOrders(), stateText);
    const lateEvents = seen(exchange.orders(), eventText);
    expect([late, lateEvents]).toEqual([['live'], ['snapshot']]);
  });

  it('stay ended where a load that is behind the stream has them still', () => {
    const { exchange, pass, answer, wire, network } = rig();
    const rows = (timestamp_ns: number): object => ({
      orders: [
        {
          order_id: 'o-1',
          base_asset: '200',
          side: 'Sell',
          limit_price: '1',
          quantity: '2',
          timestamp_ns,
          status: 'Open',
        },
      ],
    });
    const load = (timestamp_ns: number): void => {
      pass(5_000);
      answer('/orders/', rows(timestamp_ns));
      pass(1);
      answer('/market/', { asset_id: '200', book_price_decimals: 2, book_quantity_decimals: 2 });
      pass(1);
    };
    const open: unknown[] = [];
    exchange.openOrders().subscribe((state) => {
      open.push(state.status === 'live' ? [...state.value.orders.keys()] : state.status);
    });
    load(1_000);
    wire(0).receive({
      Canceled: { order_id: 'o-1', asset_id: '200', user_id: account.userId, timestamp_ns: 2_000_000, reason: null },
    });
    for (const timestamp of [1_000, 3_000_000]) {
      wire(network.wires.length - 1).lose();
      load(timestamp);
    }

    expect(open).toEqual(['syncing', ['o-1'], [], 'stale', [], 'stale', ['o-1']]);
  });

  it('load the open orders page by page, and the decimals of their markets', () => {
    const { exchange, pass, answer, wire, waiting } = rig();
    const row = (order_id: string, status: string, fields: object = {}): object => ({
      order_id,
      base_asset: '200',
      side: 'Sell',
      limit_price: '100.5',
      quantity: '2',
      timestamp_ns: 1,
      status,
      ...fields,
    });
    let state: AccountState<{ readonly orders: ReadonlyMap<string, unknown> }> | undefined;
    exchange.openOrders().subscribe((next) => (state = next));
    pass(5);
    answer('/orders/', { orders: [row('a', 'Open'), row('b', 'Completed')], has_next_page: true });
    pass(1);
    expect(waiting()).toEqual([`/orders/user/${account.userId}?page=1&limit=1000`]);
    answer('/orders/', { orders: [row('a', 'Open'), row('c', 'partial'), row('d', 'Open', { canceled: true })] });
    pass(1);
    answer('/market/200', { asset_id: '200', book_price_decimals: 2, book_quantity_decimals: 4 });
    pass(1);
    wire(0).receive({
      Replaced: { order_id: 'c', asset_id: '200', user_id: account.userId, new_quantity: 15000, new_price: 10075 },
    });

    expect(state?.status === 'live' ? [...state.value.orders.values()] : []).toMatchObject([
      { id: 'a', side: 'sell', price: 100.5, size: 2 },
      { id: 'c', side: 'sell', exact: { price: '100.75', size: '1.5' } },
    ]);
  });

  it('are not begun by what is told late of one that a load lists as ended, though its end was held for another load', () => {
    const { exchange, pass, answer, wire } = rig();
    let state: AccountState<{ readonly orders: ReadonlyMap<string, unknown> }> | undefined;
    exchange.openOrders().subscribe((next) => (state = next));
    const created = (made: number) => ({
      Created: {
        user_order: {
          signer: account.userId,
          order_id: 'a',
          base_asset: '200',
          book_price_decimals: 2,
          book_quantity_decimals: 2,
          details: { Limit: { limit_price: 1, quantity: 2, time_in_force: { GTC: { post_only: false } } } },
          side: 'Sell',
          trigger: null,
          creation_timestamp_ns: made,
          target: { account: 1, is_spot: true },
        },
        signature: [],
        book_timestamp_ns: made + 100_000,
      },
    });
    const said = () => [state?.status, ...(state !== undefined && 'value' in state ? state.value.orders.keys() : [])];
    pass(5);
    wire(0).receive({
      Removed: {
        order_id: 'a',
        asset_id: '200',
        user_id: account.userId,
        timestamp_ns: 3_000_000,
        reason: 'Completed',
      },
    });
    // It can't be read: what was held is of nothing any more.
    wire(0).receive([]);
    pass(1_000);
    const row = {
      order_id: 'a',
      base_asset: '200',
      side: 'Sell',
      limit_price: '1',
      quantity: '2',
      status: 'Completed',
    };
    answer('/orders/', { orders: [{ ...row, timestamp_ns: 1_000_000 }] });
    pass(1);
    wire(0).receive(created(1_000_000));
    expect(said()).toEqual(['live']);
    wire(0).receive(created(5_000_000));
    expect(said()).toEqual(['live', 'a']);
  });

  it('are changed by nothing that is older than what was heard ahead of the load, though that was held for another load', () => {
    const { exchange, pass, answer, wire } = rig();
    let state:
      AccountState<{ readonly orders: ReadonlyMap<string, { readonly size?: number | undefined }> }> | undefined;
    exchange.openOrders().subscribe((next) => (state = next));
    const changedAt = (timestamp_ns: number) => ({
      order_id: 'a',
      asset_id: '200',
      user_id: account.userId,
      timestamp_ns,
    });
    const amended = (at: number, size: number) => ({
      Amended: {
        ...changedAt(at),
        new_quantity: size,
        remaining_quantity: 1,
        authorization_revision: 1,
        book_quantity_decimals: 0,
      },
    });
    const said = () =>
      state === undefined || !('value' in state) ? state?.status : [state.status, state.value.orders.get('a')?.size];
    const load = (quantity: string): void => {
      answer('/orders/', {
        orders: [
          {
            order_id: 'a',
            base_asset: '200',
            side: 'Sell',
            limit_price: '1',
            quantity,
            status: 'Open',
            timestamp_ns: 1,
          },
        ],
      });
      pass(1);
      answer('/market/200', { asset_id: '200', book_price_decimals: 0, book_quantity_decimals: 0 });
      pass(1);
    };
    pass(5);
    wire(0).receive({ Replaced: { ...changedAt(5_000_000), new_quantity: 7, new_price: 1 } });
    // It can't be read: what was held is in the load that follows.
    wire(0).receive([]);
    pass(1_000);
    wire(0).receive(amended(4_000_000, 9));
    load('7');
    expect(said()).toEqual(['live', 7]);
    wire(0).receive([]);
    pass(1_000);
    wire(0).receive(amended(3_000_000, 8));
    load('7');
    expect(said()).toEqual(['live', 7]);
    wire(0).receive(amended(6_000_000, 4));
    expect(said()).toEqual(['live', 4]);
  });

  it('are loaded again where one of an id that stands could not be created: it may be of another attempt', () => {
    const { exchange, pass, answer, wire } = rig();
    let state: AccountState<{ readonly orders: ReadonlyMap<string, unknown> }> | undefined;
    exchange.openOrders().subscribe((next) => (state = next));
    const faults = seen(exchange.faults$, ({ message }) => message);
    const row = { order_id: 'a', base_asset: '200', side: 'Sell', limit_price: '1', quantity: '2', timestamp_ns: 1 };
    const load = (orders: readonly unknown[]): void => {
      pass(1_000);
      answer('/orders/', { orders });
      pass(1);
      if (orders.length > 0)
        answer('/market/200', { asset_id: '200', book_price_decimals: 2, book_quantity_decimals: 4 });
      pass(1);
    };
    const failed = (order_id: string) => ({ CreateFailed: { order_id, user_id: account.userId, reason: 'no' } });
    const said = () => [state?.status, ...(state !== undefined && 'value' in state ? state.value.orders.keys() : [])];
    load([{ ...row, status: 'Open' }]);
    expect(said()).toEqual(['live', 'a']);
    // Of an order that is not there nothing is in doubt.
    wire(0).receive(failed('b'));
    expect([said(), faults]).toEqual([['live', 'a'], []]);

    wire(0).receive(failed('a'));
    expect(said()).toEqual(['stale', 'a']);
    expect(faults).toEqual([expect.stringContaining('a could not be created, and one of that id stands')]);
    load([{ ...row, status: 'Open' }]);
    expect(said()).toEqual(['live', 'a']);

    wire(0).receive(failed('a'));
    load([]);
    expect(said()).toEqual(['live']);
  });

  it('are loaded again at an end that is older than the order: ids may be used again', () => {
    const { exchange, pass, answer, wire } = rig();
    let state: AccountState<{ readonly orders: ReadonlyMap<string, unknown> }> | undefined;
    exchange.openOrders().subscribe((next) => (state = next));
    const faults = seen(exchange.faults$, ({ message }) => message);
    const said = () => [state?.status, ...(state !== undefined && 'value' in state ? state.value.orders.keys() : [])];
    const about = { order_id: 'a', user_id: account.userId };
    const ended = (timestamp_ns: number) => ({ Canceled: { ...about, asset_id: '200', timestamp_ns, reason: null } });
    const details = { Limit: { limit_price: 1, quantity: 2, time_in_force: { GTC: { post_only: false } } } };
    const order = { ...about, signer: account.userId, base_asset: '200', details, side: 'Sell', trigger: null };
    const decimals = { book_price_decimals: 2, book_quantity_decimals: 2 };
    const target = { account: 1, is_spot: true };
    const user_order = { ...order, ...decimals, creation_timestamp_ns: 5_000_000, target };
    pass(1_000);
    answer('/orders/', { orders: [] });
    pass(1);
    wire(0).receive({ Created: { user_order, signature: [], book_timestamp_ns: 5_000_000 } });
    expect(said()).toEqual(['live', 'a']);
    wire(0).receive(ended(3_000_000));
    expect(said()).toEqual(['stale']);
    expect(faults).toEqual([expect.stringContaining('a ended before it was made, and another may stand')]);
    pass(1_000);
    const row = { order_id: 'a', base_asset: '200', side: 'Sell', limit_price: '1', quantity: '2' };
    answer('/orders/', { orders: [{ ...row, timestamp_ns: 5_000_000, status: 'Open' }] });
    pass(1);
    answer('/market/200', { asset_id: '200', ...decimals });
    pass(1);
    expect(said()).toEqual(['live', 'a']);
    wire(0).receive(ended(6_000_000));
    expect([said(), faults.length]).toEqual([['live'], 1]);
  });

  it('of a user whom the venue does not know yet are empty', () => {
    const { exchange, pass, answer } = rig();
    const states = [seen(exchange.openOrders(), stateText), seen(exchange.fills(), stateText)];
    pass(5);
    answer('/orders/', '{"error":{"code":"ORDERS_NOT_FOUND"}}', 404);
    answer('/trades/', '{"error":"unknown user"}', 404);
    pass(1);

    expect(states).toEqual([
      ['syncing', 'live'],
      ['syncing', 'live'],
    ]);
  });

  it.each([PAGE, '', 'Not Found'])('are not empty where 404 is no word of the venue: %j', (body) => {
    const { exchange, pass, answer } = rig();
    const states = [seen(exchange.openOrders(), stateText), seen(exchange.fills(), stateText)];
    pass(5);
    answer('/orders/', body, 404);
    answer('/trades/', body, 404);
    pass(1);

    expect(states).toEqual([['syncing'], ['syncing']]);
  });

  it('fold trades as they come along', () => {
    const { exchange, pass, answer, wire } = rig();
    let last: AccountState<ReadonlyMap<string, { readonly status: string }>> | undefined;
    exchange.fills().subscribe((state) => (last = state));
    pass(5);
    answer('/trades/', { trades: [JSON.parse(userTrades[0] ?? '')] });
    pass(1);
    wire(0).receive(...userTrades.slice(1));

    const fills = last?.status === 'live' ? [...last.value].map(([key, { status }]) => `${key} ${status}`) : [];
    expect(fills).toEqual(['2/oid confirmed', '122525/o-1 confirmed', '122526/o-1 rolledBack', '122530/o-7 confirmed']);
  });

  it('are loaded again until nothing is left out, and no longer', () => {
    const { exchange, pass, answer, waiting } = rig();
    let ids: readonly string[] = [];
    let trust: readonly unknown[] = [];
    exchange.openOrders().subscribe((state) => {
      if (state.status !== 'syncing') ids = [...state.value.orders.keys()];
      trust = state.status === 'stale' ? [state.status, state.reason] : [state.status];
    });
    pass(5);
    const row = (order_id: string, side: string) => ({
      order_id,
      base_asset: '200',
      side,
      timestamp_ns: 1,
      status: 'Open',
      limit_price: '1',
      quantity: '1',
    });
    const load = (side: string): void => {
      answer('/orders/', [row('a', 'Buy'), row('b', side)]);
      pass(5);
      answer('/market/', { asset_id: '200', book_price_decimals: 8, book_quantity_decimals: 8 });
      pass(5);
    };
    load('Up');
    expect([ids, trust]).toEqual([['a'], ['stale', 'unreadable']]);
    pass(10_000);
    load('Up');
    expect([ids, trust]).toEqual([['a'], ['stale', 'unreadable']]);
    pass(10_000);
    load('Sell');
    expect([ids, trust]).toEqual([['a', 'b'], ['live']]);
    pass(20_000);
    expect(waiting()).toEqual([]);
  });

  it.each([
    ['a fee, which costs itself', { trading_fee: {} }, [['1', '2'], ['live']]],
    ['a trade, which is missed by nobody', { quantity: {} }, [['1'], ['stale', 'unreadable']]],
  ] as const)('are fills loaded again without %s', (_, more, expected) => {
    const { exchange, pass, answer } = rig();
    let told: readonly unknown[] = [];
    exchange.fills().subscribe((state) => {
      const ids = state.status === 'syncing' ? [] : [...state.value.values()].map(({ id }) => id);
      told = [ids, state.status === 'stale' ? [state.status, state.reason] : [state.status]];
    });
    const row = (id: number, fields: object = {}) => ({
      asset_id: '200',
      trade_id: id,
      order_id: 'o',
      price: '1',
      quantity: '1',
      timestamp_ns: 1,
      is_maker: true,
      is_buyer: true,
      status: 'Confirmed',
      ...fields,
    });
    pass(5);
    answer('/trades/', [row(2, more), row(1)]);
    pass(5);
    expect(told).toEqual(expected);
    pass(10_000);
    answer('/trades/', [row(2), row(1)]);
    pass(5);
    expect(told).toEqual([['1', '2'], ['live']]);
  });

  it('are loaded without what can not be read, and with orders of a status that nobody knew; each is told', () => {
    const { exchange, pass, answer, faults } = rig();
    let ids: readonly string[] = [];
    exchange.openOrders().subscribe((state) => {
      if (state.status !== 'syncing') ids = [...state.value.orders.keys()];
    });
    pass(5);
    const row = (order_id: string, more: object) => ({
      order_id,
      base_asset: '200',
      side: 'Buy',
      timestamp_ns: 1,
      status: 'Open',
      limit_price: '1',
      quantity: '1',
      ...more,
    });
    answer('/orders/', [
      row('a', {}),
      row('b', { side: 'Up' }),
      row('c', { limit_price: {} }),
      row('d', { status: 'Resting' }),
      row('e', { status: 'Completed' }),
    ]);
    pass(5);
    answer('/market/', { asset_id: '200', book_price_decimals: 8, book_quantity_decimals: 8 });
    pass(5);

    expect(ids).toEqual(['a', 'c', 'd']);
    expect(faults).toMatchObject([
      { type: 'decode', channel: 'orders', path: expect.stringContaining('side: Side') },
      { type: 'venue', message: expect.stringContaining('Resting') },
    ]);
  });

  it.each([401, 403])('take a new token after an upgrade refused with %i', (status) => {
    const { exchange, network, pass } = rig({ opens: false });
    const log = seen(exchange.orders(), eventText);
    pass(5);
    network.wires[0]?.lose(new WireLostError('failed', 'x', status));
    pass(5);
    network.wires[1]?.open();
    pass(5);

    // The first one was new, so the next waits a while; the third attempt has it.
    expect(network.wires.map(({ endpoint }) => endpoint.headers?.['Authorization']).slice(0, 1)).toEqual([
      'Bearer token 1',
    ]);
    pass(10_000);
    expect(network.wires.at(-1)?.endpoint.headers?.['Authorization']).toBe('Bearer token 2');
    expect(log).not.toContain('complete');
  });

  it('take a new token at once where the refused one had served', () => {
    const { exchange, network, pass, wire } = rig({ opens: false });
    exchange.orders().subscribe();
    pass(5);
    wire(0).open();
    pass(50_000);
    wire(0).pulse();
    pass(50_000);
    wire(0).lose();
    pass(0);
    wire(1).lose(new WireLostError('failed', 'x', 401));
    pass(5_000);

    expect(network.wires.slice(0, 3).map(({ endpoint }) => endpoint.headers?.['Authorization'])).toEqual([
      ...['Bearer token 1', 'Bearer token 1', 'Bearer token 2'],
    ]);
  });

  it('sign in again where the stream itself says that they are not known', () => {
    const { exchange, connection, network, pass, wire } = rig();
    exchange.orders().subscribe();
    pass(50_000);
    wire(0).pulse();
    pass(50_000);
    wire(0).receive('{"type":"subscriptions","channels":[],"errors":"unauthorized"}');
    pass(10_000);

    expect(connection.find(({ status }) => status === 'lost')).toMatchObject({ reason: 'auth' });
    expect(network.wires.at(-1)?.endpoint.headers?.['Authorization']).toBe('Bearer token 2');
  });

  it('repeat a request once with a new token where theirs is refused', () => {
    const { exchange, network, pass, answer, wire } = rig();
    const states = seen(exchange.openOrders(), stateText);
    pass(50_000);
    wire(0).pulse();
    pass(15_000);
    answer('/orders/', '', 500);
    pass(1_000);
    answer('/orders/', '{"error":{"code":"UNAUTHORIZED"}}', 401);
    pass(5);
    answer('/orders/', '[]');

    expect(states).toEqual(['syncing', 'live']);
    const used = network.requests.map(({ request }) => request.headers?.['Authorization']).filter((one) => one);
    expect(used).toEqual(['Bearer token 1', 'Bearer token 1', 'Bearer token 2']);
  });

  it.each([
    ['INVALID_SIGNATURE', 401],
    ['SIGNER_NOT_FOUND', 404],
  ])('end where the venue refuses key or signature for good: %s', (code, status) => {
    const { exchange, network, pass, answer } = rig({ signs: false });
    const log = seen(exchange.orders(), eventText);
    pass(1);
    answer('/nonce/', '{"value":"a nonce"}');
    pass(1);
    answer('/auth', { error: { code, message: 'x' } }, status);
    pass(60_000);

    expect(log).toEqual([`AuthenticationRefusedError: tplus refused the credentials: ${code}`]);
    expect(network.requests).toHaveLength(2);
  });

  it.each([
    ['INVALID_SIGNATURE', 503, false],
    ['SIGNER_UNAVAILABLE', 401, true],
    ['UNAUTHORIZED', 401, false],
  ])('are asked for again where the venue refuses them for now: %s %i, retryable %s', (code, status, retryable) => {
    const { exchange, pass, answer, network } = rig({ signs: false });
    const log = seen(exchange.orders(), eventText);
    pass(1);
    answer('/nonce/', '{"value":"a nonce"}');
    pass(1);
    answer('/auth', { error: { code, message: 'x', retryable } }, status);
    pass(60_000);

    expect(log).toEqual([]);
    expect(network.requests.length).toBeGreaterThan(2);
  });

  it('outlast an hour of refused upgrades, asked ever more seldom', () => {
    const { exchange, network, pass } = rig({ opens: false });
    const log = seen(exchange.orders(), eventText);
    const opened: number[] = [];
    for (let second = 0; second < 3_600; second += 1) {
      pass(1_000);
      const wire = network.wires.at(-1);
      if (wire?.status !== 'opening') continue;
      opened.push(second);
      wire.lose(new WireLostError('failed', 'x', second % 2 === 0 ? 401 : 403));
    }
    expect(opened.length).toBeLessThan(150);
    expect(opened.length).toBeGreaterThan(20);
    for (let second = 0; second < 120; second += 1) {
      pass(1_000);
      if (network.wires.at(-1)?.status === 'opening') network.wires.at(-1)?.open();
    }
    expect(log[0]).toBe('reset connected');
    expect(log.join()).not.toMatch(/Error|complete/);
  });

  it('outlast an hour of refused requests, asked ever more seldom', () => {
    const { exchange, network, pass, answer } = rig();
    const states = seen(exchange.openOrders(), stateText);
    let asked = 0;
    for (let second = 0; second < 3_600; second += 1) {
      pass(1_000);
      const request = network.requests.at(-1);
      if (request?.status !== 'waiting') continue;
      asked += 1;
      answer('/orders/', '{"error":{"code":"UNAUTHORIZED"}}', 401);
    }
    expect(asked).toBeLessThan(600);
    for (let second = 0; second < 120; second += 1) {
      pass(1_000);
      if (network.requests.at(-1)?.status === 'waiting') answer('/orders/', '[]');
    }
    expect(states.slice(0, 2)).toEqual(['syncing', 'live']);
    expect(states.join()).not.toMatch(/Error|complete/);
  });

  it('ask for another nonce once where one is refused, then wait, and tell neither', () => {
    const { exchange, connection, faults, pass, answer, network } = rig({ signs: false });
    exchange.orders().subscribe();
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      pass(1);
      answer('/nonce/', '{"value":"hunter2"}');
      pass(1);
      answer('/auth', '{"error":{"code":"NONCE_EXPIRED","message":"hunter2"}}', 400);
    }
    pass(1_000);

    expect(network.requests.map(({ request }) => request.method)).toEqual(['GET', 'POST', 'GET', 'POST']);
    expect(faults).toMatchObject([
      { type: 'credentials', message: 'the token could not be had: the answer had status 400' },
    ]);
    expect(connection.find(({ status }) => status === 'lost')).toMatchObject({ reason: 'auth' });
    expect(JSON.stringify([faults, connection])).not.toContain('hunter2');
    pass(5_000);
    expect(network.requests).toHaveLength(5);
  });

  it('are not there without an account', () => {
    const exchange = tplus({ network: fakeNetwork() });

    // @ts-expect-error: the type says so, too.
    expect(exchange.orders).toBeUndefined();
  });
});
