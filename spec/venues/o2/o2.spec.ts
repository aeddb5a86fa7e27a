import { InvalidArgumentError, SubscriptionRefusedError } from '../../../lib/index.js';
import type { BookState } from '../../../lib/index.js';
import { response } from '../../../lib/testing/index.js';
import { o2, type O2Options } from '../../../lib/venues/o2/index.js';
import { ACCOUNT, MARKET, marketsBody, rig } from './rig.js';

const OTHER = `0x${'9'.repeat(64)}`;
const snapshot = (market = MARKET, quantity = '5'): string =>
  `{"action":"subscribe_depth","view":{"buys":[{"price":"10","quantity":"${quantity}"}],"sells":[]},"market_id":"${market}"}`;
const update = (market = MARKET): string =>
  `{"action":"subscribe_depth_update","changes":{"buys":[{"price":"10","quantity":"1"}],"sells":[]},"market_id":"${market}"}`;
const words = (states: readonly BookState[]): readonly string[] =>
  states.map((state) => (state.status === 'stale' ? `stale ${state.reason}` : state.status));

describe('o2()', () => {
  it('opens and asks nothing until something is subscribed', () => {
    const { exchange, network, pass } = rig();
    const book$ = exchange.book(MARKET);
    pass(10_000);
    expect([network.wires.length, network.requests.length]).toEqual([0, 0]);
    book$.subscribe();
    expect([network.wires.length, network.requests.length]).toEqual([1, 1]);
    expect(network.wires[0]?.endpoint.url).toBe('wss://api.o2.app/v1/ws');
    expect(network.requests[0]?.request.url).toBe('https://api.o2.app/v1/markets');
  });

  it.each([
    [{ chain: 'testnet' }, 'wss://api.testnet.o2.app/v1/ws', 'https://api.testnet.o2.app/v1/markets'],
    [{ url: 'ws://127.0.0.1:5' }, 'ws://127.0.0.1:5/v1/ws', 'http://127.0.0.1:5/v1/markets'],
    [{ url: 'wss://host/ws', restUrl: 'https://rest/' }, 'wss://host/ws', 'https://rest/v1/markets'],
  ] as const)('goes where %j says', (options: O2Options, socket, rest) => {
    const { exchange, network } = rig(options);
    exchange.book(MARKET).subscribe();
    expect(network.wires[0]?.endpoint.url).toBe(socket);
    expect(network.requests[0]?.request.url).toBe(rest);
  });

  it.each([
    () => o2({ url: 'http://x' }),
    () => o2({ channelsPerWire: 0 }),
    () => rig().exchange.orders('nobody'),
    () => rig().exchange.orders({ Address: ACCOUNT }),
    () => rig().exchange.nonce({ Address: ACCOUNT }),
  ])('says at once what can not be meant: %#', (call) => {
    expect(call).toThrow(InvalidArgumentError);
  });

  it('carries every channel on one socket, one message each, confirmed by the pong behind it', () => {
    const { exchange, network, pass, wire } = rig({ rest: () => '{"orders":[]}' });
    exchange.book(MARKET, { precision: 100 }).subscribe();
    exchange.depthView(MARKET, { precision: 10, frequency: '3s' }).subscribe();
    exchange.trades('eth/usdc').subscribe();
    exchange.orders(ACCOUNT.toUpperCase().replace('0X', '')).subscribe();
    exchange.balances({ Address: OTHER }).subscribe();
    exchange.nonce(ACCOUNT).subscribe();
    pass(100);

    expect(network.wires).toHaveLength(1);
    expect(wire().sent).toEqual(
      [
        { action: 'subscribe_depth', market_id: MARKET, precision: '100' },
        { action: 'subscribe_depth_view', market_id: MARKET, precision: '10', frequency: '3s' },
        { action: 'subscribe_trades', market_id: MARKET },
        { action: 'subscribe_orders', identities: [{ ContractId: ACCOUNT }] },
        { action: 'subscribe_balances', identities: [{ Address: OTHER }] },
        { action: 'subscribe_nonce', identities: [{ ContractId: ACCOUNT }] },
      ].flatMap((frame) => [JSON.stringify(frame), 'PING']),
    );
  });

  it('pings in text every 30 s, since the venue closes who says nothing for 60', () => {
    const { exchange, pass, said } = rig();
    exchange.trades(MARKET).subscribe();
    pass(100);
    pass(95_000);
    expect(said().slice(2)).toEqual(['PING', 'PING', 'PING']);
  });
});

describe('a market', () => {
  it('that does not exist refuses its streams, typed, after the list was asked for once more', () => {
    const { exchange, network, pass, faults } = rig();
    exchange.book(MARKET).subscribe();
    pass(5_000);
    const errors: unknown[] = [];
    const ended = { error: (error: unknown) => errors.push(error) };
    exchange.book('NO/PE').subscribe(ended);
    exchange.trades(OTHER).subscribe(ended);
    exchange.market('nope').subscribe(ended);
    pass(100);

    expect(errors).toHaveLength(3);
    for (const error of errors) expect(error).toBeInstanceOf(SubscriptionRefusedError);
    expect(faults.map(({ type, message }) => [type, message])).toEqual(
      errors.map((error) => ['refused', (error as SubscriptionRefusedError).message]),
    );
    expect(network.requests).toHaveLength(2);
    expect(network.wires).toHaveLength(1);
  });

  it('that is new is found by asking once more', () => {
    const markets = [MARKET];
    const { exchange, network, pass } = rig({ markets });
    exchange.book(MARKET).subscribe();
    pass(5_000);
    markets.push(OTHER);
    const found: string[] = [];
    exchange.market(OTHER).subscribe(({ id }) => found.push(id));
    expect(found).toEqual([OTHER]);
    expect(network.requests).toHaveLength(2);
  });

  it('is known after a list that could not be had was asked for again, and that is told', () => {
    const bodies = [response('{}', { status: 503 }), marketsBody([MARKET])];
    const { exchange, pass, faults } = rig({ markets: undefined, rest: () => bodies.shift() });
    const states: BookState[] = [];
    exchange.book(MARKET).subscribe((state) => states.push(state));
    pass(10);
    expect(words(states)).toEqual(['syncing']);
    pass(1_000);

    expect(faults).toMatchObject([{ type: 'snapshot', channel: 'markets', message: expect.stringContaining('503') }]);
    expect(words(states)).toEqual(['syncing']);
    expect(exchange.plan()).toMatchObject([{ channels: [`depth ${MARKET} 10`] }]);
  });

  it('is known where the list had it garbled, which is asked for again; it is not refused for that', () => {
    const whole = marketsBody([OTHER, MARKET]);
    const bodies = [whole.replace(/"asset":"[^"]*"/, '"asset":7'), whole];
    const { exchange, network, pass, faults } = rig({ markets: undefined, rest: () => bodies.shift() });
    const found: unknown[] = [];
    exchange.market(OTHER).subscribe({ next: ({ id }) => found.push(id), error: (error) => found.push(error) });
    expect(found).toEqual([]);
    pass(1_000);

    expect(found).toEqual([OTHER]);
    expect(network.requests).toHaveLength(2);
    expect(faults).toMatchObject([{ type: 'decode', channel: 'markets' }]);
  });

  it('is known at once to the second who asks', () => {
    const { exchange, network, pass } = rig();
    exchange.trades(MARKET).subscribe();
    pass(100);
    const seen: unknown[] = [];
    exchange.market('ETH/USDC').subscribe(({ id }) => seen.push(id));
    exchange.markets().subscribe((all) => seen.push(all.length));
    expect(seen).toEqual([MARKET, 3]);
    expect(network.requests).toHaveLength(1);
  });
});

describe('a subscription', () => {
  it('is one for many observers, ended once, a linger after the last has left', () => {
    const { exchange, pass, said } = rig();
    exchange.trades(MARKET).subscribe();
    const all = Array.from({ length: 5 }, () => exchange.book(MARKET).subscribe());
    pass(100);
    const before = said().length;
    for (const one of all) one.unsubscribe();
    pass(900);
    expect(said()).toHaveLength(before);
    pass(200);
    expect(said().slice(before)).toEqual(['unsubscribe_depth']);
  });

  it('goes on when somebody comes back within the linger; watch, unwatch, watch tells everything once', () => {
    const { exchange, pass, said, wire } = rig();
    const trades: string[] = [];
    const watch = () => exchange.trades(MARKET).subscribe(({ id }) => trades.push(id));
    const frame = (id: number): string =>
      `{"action":"subscribe_trades","trades":[{"trade_id":"${id}","side":"buy","price":"1","quantity":"1","timestamp":1}],"market_id":"${MARKET}"}`;
    exchange.book(MARKET).subscribe();
    const first = watch();
    pass(100);
    wire().receive(frame(1));
    first.unsubscribe();
    pass(500);
    const second = watch();
    wire().receive(frame(2));
    expect(said().filter((text) => text.includes('trades'))).toEqual(['subscribe_trades']);

    second.unsubscribe();
    pass(2_000);
    wire().receive(frame(3));
    watch();
    pass(100);
    wire().receive(frame(4));

    expect(trades).toEqual(['1', '2', '4']);
    expect(said().filter((text) => text.includes('trades'))).toEqual([
      'subscribe_trades',
      'unsubscribe_trades',
      'subscribe_trades',
    ]);
  });

  it('says nothing on the next session for who left while disconnected', () => {
    const { exchange, pass, wire, said } = rig({ linger: 0 });
    exchange.trades(MARKET).subscribe();
    const book = exchange.book(MARKET).subscribe();
    pass(100);
    wire().lose();
    book.unsubscribe();
    pass(5_000);
    expect(said(1)).toEqual(['subscribe_trades', 'PING']);
  });

  it('of a second precision takes a second wire, since a wire has one', () => {
    const { exchange, network, pass, wire } = rig();
    const fine: BookState[] = [];
    const coarse: BookState[] = [];
    exchange.book(MARKET).subscribe((state) => fine.push(state));
    exchange.book(MARKET, { precision: 1_000 }).subscribe((state) => coarse.push(state));
    pass(100);
    expect(network.wires).toHaveLength(2);

    wire(0).receive(snapshot());
    wire(1).receive(snapshot(MARKET, '7'));

    expect(fine.at(-1)).toMatchObject({ book: { bestBid: { exact: { size: '0.000000005' } } } });
    expect(coarse.at(-1)).toMatchObject({ book: { bestBid: { exact: { size: '0.000000007' } } } });
  });

  it('of a second account takes a second wire: leaving one must not stop the other', () => {
    const { exchange, network, pass, said } = rig({ rest: () => '{"orders":[]}' });
    const first = exchange.orders(ACCOUNT).subscribe();
    exchange.orders(OTHER).subscribe();
    pass(100);
    first.unsubscribe();
    pass(2_500);

    expect(network.wires.map(({ status }) => status)).toEqual(['ended', 'open']);
    expect(said(1)).toEqual(['subscribe_orders', 'PING']);
  });

  it('changes its precision on one wire without taking what was left over of the old one', () => {
    const { exchange, pass, said, wire } = rig({ linger: 0 });
    exchange.trades(MARKET).subscribe();
    exchange.book(MARKET).subscribe().unsubscribe();
    const old = exchange.book(MARKET).subscribe();
    pass(100);
    old.unsubscribe();
    const states: BookState[] = [];
    exchange.book(MARKET, { precision: 100 }).subscribe((state) => states.push(state));
    pass(0);
    // Sent before the venue heard of the end.
    wire().receive(snapshot(MARKET, '1'), update());
    expect(words(states)).toEqual(['syncing']);

    pass(10);
    wire().receive(update(), snapshot(MARKET, '7'), update());

    expect(words(states)).toEqual(['syncing', 'live', 'live']);
    expect(states.at(-1)).toMatchObject({ book: { bestBid: { exact: { size: '0.000000008' } } } });
    expect(said().slice(-4)).toEqual(['unsubscribe_depth', 'PING', 'subscribe_depth', 'PING']);
  });

  it('that gets no snapshot is ended and asked for again', () => {
    const { exchange, pass, said, faults } = rig();
    exchange.book(MARKET).subscribe();
    pass(10_500);
    expect(faults.map(({ type }) => type)).toEqual(['unconfirmed']);
    expect(said()).toEqual(['subscribe_depth', 'PING', 'unsubscribe_depth', 'PING', 'subscribe_depth', 'PING']);
  });

  it('is not asked for again where only nothing happens', () => {
    const { exchange, pass, said, faults } = rig();
    exchange.trades(MARKET).subscribe();
    pass(25_000);
    expect(faults).toEqual([]);
    expect(said()).toEqual(['subscribe_trades', 'PING']);
  });
});

describe('an error of the venue', () => {
  const forms = [
    (code: number) => ({ code, message: 'no' }),
    (code: number) => ({ error: { code, message: 'no' } }),
    (code: number) => ({ action: 'error', code, message: 'no' }),
    (code: number) => ({ action: 'subscribe_trades', code, message: 'no' }),
    (code: number) => ({ action: 'subscribe_trades', market_id: 'abc', error: { code, message: 'no' } }),
  ];

  it.each(forms)('ahead of the pong refuses what was asked for before it, and nothing else: form %#', (form) => {
    const { exchange, wire, pass, faults } = rig();
    const ends: string[] = [];
    const watch = (name: string, stream: ReturnType<typeof exchange.trades>) =>
      stream.subscribe({ error: (error: unknown) => ends.push(`${name} ${String(error)}`) });
    watch('abc', exchange.trades('0xabc'));
    watch('eth', exchange.trades(MARKET));
    pass(0);
    wire().receive(form(2000));
    pass(100);

    expect(ends).toEqual(['abc SubscriptionRefusedError: o2 refused trades 0xabc: 2000 no']);
    expect(faults.map(({ type }) => type)).toEqual(['refused']);
  });

  it('that will pass is told, and the subscription asked for again', () => {
    const { exchange, wire, pass, faults, said } = rig();
    exchange.trades(MARKET).subscribe();
    pass(0);
    wire().receive({ code: 2001, message: 'paused' });
    pass(11_000);
    expect(faults.map(({ type }) => type)).toEqual(['venue', 'unconfirmed']);
    expect(said().slice(-3)).toEqual(['PING', 'subscribe_trades', 'PING']);
  });

  it.each([
    ...[{ error: null }, { error: {} }, { code: null }, { action: 'error', message: null }, { error: '' }],
    ...[{ error: 'internal' }, { code: 6002, message: 'SubscriptionError' }, { code: 1000, message: 'Internal' }],
  ])('that does not say that it was asked for wrongly refuses nothing for good: %j', (frame) => {
    const { exchange, wire, pass, faults, said } = rig();
    exchange.trades(MARKET).subscribe();
    pass(0);
    wire().receive(frame);
    pass(11_000);
    expect(faults.map(({ type }) => type)).toEqual(['venue', 'unconfirmed']);
    expect(said().slice(-3)).toEqual(['PING', 'subscribe_trades', 'PING']);
  });

  it('that can’t be read may be one: the pong behind it confirms nothing', () => {
    const { exchange, wire, pass, faults, said } = rig();
    exchange.trades(MARKET).subscribe();
    pass(0);
    wire().receive('{"code":2001,"mess');
    pass(11_000);
    expect(faults.map(({ type }) => type)).toEqual(['decode', 'unconfirmed']);
    expect(said().slice(2)).toEqual(['unsubscribe_trades', 'PING', 'subscribe_trades', 'PING']);
    // What was confirmed stays so.
    wire().receive('{"code":2001,"mess');
    pass(30_000);
    expect(said().slice(6)).toEqual(['PING']);
  });

  it('is about what waits for its pong, also where one of before never came: no later pong confirms that', () => {
    let isSwallowed = true;
    const { exchange, wire, pass, faults, said } = rig({ pongs: () => !isSwallowed });
    exchange.trades('0xabc').subscribe();
    pass(0);
    isSwallowed = false;
    const trade = { trade_id: '1', side: 'buy', total: '1', quantity: '1', price: '1', timestamp: '1' };
    wire().receive({ action: 'subscribe_trades', trades: [trade], market_id: '0xabc' });
    exchange.trades(MARKET).subscribe();
    pass(0);
    wire().receive({ code: 1003, message: 'slow down' });
    pass(500);
    exchange.wake();
    pass(11_000);
    expect(faults.map(({ type }) => type)).toEqual(['venue', 'unconfirmed']);
    expect(said().slice(-2)).toEqual(['subscribe_trades', 'PING']);
  });

  it('that says that it has the subscription already is met by ending that first', () => {
    const { exchange, wire, pass, said } = rig();
    exchange.trades(MARKET).subscribe();
    pass(0);
    wire().receive({ code: 6000, message: 'Already subscribed' });
    pass(100);
    expect(said()).toEqual(['subscribe_trades', 'PING', 'unsubscribe_trades', 'PING', 'subscribe_trades', 'PING']);
  });

  it('that asks for a new beginning of a book gets it', () => {
    const { exchange, wire, pass, said } = rig();
    const states: BookState[] = [];
    exchange.book(MARKET).subscribe((state) => states.push(state));
    pass(100);
    wire().receive(snapshot(), { action: 'error', market_id: MARKET.slice(2), turbo: true, resync_required: true });
    expect(words(states)).toEqual(['syncing', 'live', 'stale gap']);
    pass(100);
    expect(said().slice(2)).toEqual(['unsubscribe_depth', 'PING', 'subscribe_depth', 'PING']);
  });

  it('that is about nothing we asked for is told, and ends nothing', () => {
    const { exchange, wire, pass, faults } = rig();
    exchange.trades(MARKET).subscribe();
    pass(100);
    wire().receive({ error: 'something' }, { code: 1003, message: 'slow down' }, { action: 'news' });
    expect(faults).toMatchObject([
      { type: 'venue', message: 'o2: something' },
      { type: 'venue', message: 'o2: 1003 slow down' },
      { type: 'decode', path: 'TypeError: no action that is known' },
    ]);
  });
});

describe('a book', () => {
  const live = (options: Parameters<typeof rig>[0] = {}, book = {}) => {
    const it = rig(options);
    const states: BookState[] = [];
    it.exchange.book(MARKET, book).subscribe((state) => states.push(state));
    it.pass(100);
    it.wire().receive(snapshot());
    return { ...it, states };
  };

  it.each([
    ['{"action":"subscribe_depth_update","market_id"', 'cut short'],
    [`{"action":"subscribe_depth_update","market_id":"${MARKET}","changes":{"buys":1}}`, 'of another shape'],
    ['{"action":{},"market_id":"x"}', 'of no action'],
    ['{"action":"subscribe_depth_update","market_id":"","changes":{"buys":[],"sells":[]}}', 'of no market'],
  ])('goes stale by a frame that could not be read, and subscribes anew: %s', (frame) => {
    const { wire, states, pass, said } = live();
    wire().receive(frame);
    expect(words(states)).toEqual(['syncing', 'live', 'stale gap']);
    pass(100);
    wire().receive(update(), snapshot());
    expect(words(states)).toEqual(['syncing', 'live', 'stale gap', 'live']);
    expect(said().slice(2)).toEqual(['unsubscribe_depth', 'PING', 'subscribe_depth', 'PING']);
  });

  it('takes an update that comes once more for the one that it was, by when it was seen', () => {
    const { wire, states } = live();
    const stamped = (nanos: string): string => `${update().slice(0, -1)},"seen_timestamp":"${nanos}"}`;
    wire().receive(stamped('1750000000000000001'), stamped('1750000000000000001'), stamped('1750000000000000002'));
    // Without a stamp nothing tells the two apart.
    wire().receive(update(), update());
    expect(states.map((state) => (state.status === 'live' ? state.book.bestBid?.exact.size : ''))).toEqual(
      ['', '5', '6', '7', '8', '9'].map((size) => (size === '' ? '' : `0.00000000${size}`)),
    );
  });

  it('does so ever more slowly while it does not help', () => {
    const { wire, pass, said } = live();
    const asked = (): number => said().filter((text) => text === 'subscribe_depth').length;
    const times: number[] = [];
    for (let tenth = 0, answered = 0; tenth < 200; tenth += 1) {
      if (asked() > answered) {
        answered = asked();
        times.push(tenth / 10);
        pass(5);
        wire().receive(snapshot(), '{');
      }
      pass(100);
    }
    const waits = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) * 10) / 10);
    // Three quarters of a ceiling that doubles up to 8 s.
    expect(waits).toEqual([0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 6]);
  });

  it('takes no notice of frames of another market', () => {
    const { wire, states, faults } = live();
    wire().receive(update(OTHER), snapshot(OTHER));
    expect(words(states)).toEqual(['syncing', 'live']);
    expect(faults).toEqual([]);
  });

  it('is refreshed every so often, if that is wanted', () => {
    const { wire, states, pass, faults } = live({}, { refreshEvery: 5_000 });
    pass(5_000);
    wire().receive(snapshot(MARKET, '6'));
    expect(words(states)).toEqual(['syncing', 'live', 'stale resync', 'live']);
    expect(faults.map(({ type }) => type)).toEqual(['resnapshot']);
  });

  it.each([200, 1_500, 4_000])('is live between refreshes also where each answer takes %i ms', (slow) => {
    const { wire, states, pass, said } = live({}, { refreshEvery: 1_000 });
    let answered = 1;
    let due: number | undefined;
    let longest = 0;
    let since = 0;
    for (let ms = 0; ms < 30_000; ms += 100) {
      pass(100);
      const asked = said().filter((text) => text === 'subscribe_depth').length;
      if (asked > answered && due === undefined) due = ms + slow;
      if (due !== undefined && ms >= due) {
        answered = asked;
        due = undefined;
        wire().receive(snapshot());
      }
      since = states.at(-1)?.status === 'live' ? ms : since;
      longest = Math.max(longest, ms - since);
    }
    // A refresh waits for the answer to the one before: the book is never older than both take.
    expect(longest).toBeLessThanOrEqual(slow + 300);
    expect(states.filter(({ status }) => status === 'live').length).toBeGreaterThan(30_000 / (slow + 1_300) - 2);
  });

  it('is given to late observers at once', () => {
    const { exchange } = live();
    const late: BookState[] = [];
    exchange.book('eth/usdc').subscribe((state) => late.push(state));
    expect(words(late)).toEqual(['live']);
  });

  it('can be doubted by hand, and tells what it counted', () => {
    const { exchange, states, wire } = live();
    wire().receive(update());
    expect(exchange.tally('ETH/USDC')).toMatchObject({ snapshots: 1, applied: 1 });
    exchange.resync('ETH/USDC');
    expect(words(states).at(-1)).toBe('stale resync');
  });

  it('tells events with new sizes', () => {
    const { exchange, wire } = live();
    const events: unknown[] = [];
    exchange.depth(MARKET).subscribe((event) => events.push(event));
    wire().receive(update());
    expect(events).toMatchObject([
      { type: 'snapshot', bids: [{ size: 5e-9 }] },
      { type: 'diff', bids: [{ size: 6e-9, exact: { size: '0.000000006' } }] },
    ]);
  });
});

describe('close', () => {
  it('completes everything, also what waits for the markets', () => {
    const { exchange, network, pass } = rig({ markets: undefined });
    const ends: string[] = [];
    const watch = (name: string) => ({ complete: () => ends.push(name) });
    exchange.book(MARKET).subscribe(watch('book'));
    exchange.trades(MARKET).subscribe(watch('trades'));
    exchange.orders(ACCOUNT).subscribe(watch('orders'));
    pass(10);
    expect(network.requests.map(({ status }) => status)).toEqual(['waiting']);

    exchange.close();
    exchange.market(MARKET).subscribe(watch('market, late'));
    exchange.book(MARKET).subscribe(watch('book, late'));

    expect(ends.sort()).toEqual(['book', 'book, late', 'market, late', 'orders', 'trades']);
    expect(network.requests.map(({ status }) => status)).toEqual(['aborted']);
  });
});
