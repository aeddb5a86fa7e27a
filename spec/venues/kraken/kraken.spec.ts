import { type BookState, type Candle, InvalidArgumentError } from '../../../lib/index.js';
import { kraken, type KrakenDepth, type KrakenOptions, krakenV1 } from '../../../lib/venues/kraken/index.js';
import { type FakeWire, fakeNetwork } from '../../../lib/testing/index.js';
import { Clock } from '../../support/fakeVenue.js';
import { venueRig } from '../../support/venueRig.js';
import { snapshotSeen, updateSeen, v1SnapshotSeen, v1UpdatesSeen } from './examples.js';

const rig = (options: KrakenOptions = {}) => venueRig((outside) => kraken({ ...outside, ...options }));
const v1Rig = () => venueRig((outside) => krakenV1(outside));

/** A book that is followed, and what it said last. */
function followed(depth?: KrakenDepth) {
  const one = rig();
  const states: BookState[] = [];
  one.exchange.book('eth/usd', depth && { depth }).subscribe((state) => states.push(state));
  one.pass(10);
  return { ...one, states, last: () => states.at(-1) };
}

describe('a book of Kraken', () => {
  it('is held to its checksums, whose digits are those of the frame, and cut to its depth', () => {
    const { wire, last, faults, exchange } = followed();

    wire().receive(snapshotSeen, updateSeen);

    expect(last()).toMatchObject({
      status: 'live',
      book: { bids: { length: 10 }, asks: { length: 10 }, bestAsk: { price: 1797.25 } },
    });
    expect(exchange.tally('ETH/USD')).toMatchObject({ checksumsHeld: 2, checksumsFailed: 0, applied: 1 });
    expect(faults).toEqual([]);
  });

  it('is read the same where a frame is not as plain as usual', () => {
    const { wire, last, exchange } = followed();

    wire().receive(snapshotSeen.replaceAll(',"qty"', ', "qty"'), updateSeen.replaceAll('{"price"', '{"n":1,"price"'));

    expect(last()).toMatchObject({ status: 'live' });
    expect(exchange.tally('ETH/USD')).toMatchObject({ checksumsHeld: 2 });
  });

  it('is stale in the step in which a checksum fails, and asks once for a new one', () => {
    const { wire, last, pass, faults } = followed();
    wire().receive(snapshotSeen);

    wire().receive(updateSeen.replace('1.56601318', '1.56601319'));
    expect(last()).toMatchObject({ status: 'stale', reason: 'checksum', book: { bids: { length: 10 } } });
    wire().receive(updateSeen);
    expect(last()).toMatchObject({ status: 'stale' });
    pass(500);
    const [, ...after] = wire().sent.map((text) => JSON.parse(text) as { method: string; params: object });
    wire().receive(
      '{"method":"unsubscribe","result":{"channel":"book","symbol":"ETH/USD"},"success":true,"req_id":2}',
      snapshotSeen,
    );

    expect(after.map(({ method }) => method)).toEqual(['unsubscribe', 'subscribe']);
    expect(after[0]?.params).toEqual({ channel: 'book', symbol: ['ETH/USD'], depth: 10 });
    expect(last()).toMatchObject({ status: 'live' });
    expect(faults.map(({ type }) => type)).toEqual(['gap', 'resnapshot']);
  });

  it('does not begin with a snapshot that its checksum speaks against', () => {
    const { wire, last } = followed();

    wire().receive(snapshotSeen.replace('2606672715', '2606672716'));

    expect(last()).toEqual({ status: 'syncing' });
  });

  it('is deeper than its checksum where that is wanted', () => {
    const { wire, last, exchange } = followed(25);

    wire().receive(snapshotSeen, updateSeen);

    // The level that the eleventh was pushed out by at a depth of ten.
    expect(last()).toMatchObject({ status: 'live', book: { asks: { length: 10 } } });
    expect(exchange.plan()).toMatchObject([{ channels: ['book-25:ETH/USD'] }]);
  });

  it('has a wire of its own for each depth of a symbol, which frames don’t tell apart', () => {
    const { exchange, network, pass } = rig();
    exchange.book('ETH/USD').subscribe();
    exchange.book('ETH/USD', { depth: 100 }).subscribe();
    exchange.book('BTC/USD', { depth: 100 }).subscribe();
    exchange.ticker('ETH/USD').subscribe();
    exchange.quotes('ETH/USD').subscribe();
    pass(10);

    expect(network.wires).toHaveLength(2);
  });
});

describe('a book of Kraken’s v1', () => {
  it('is cut to its depth after each message, and held to its checksums', () => {
    const { exchange, wire, pass, faults } = v1Rig();
    const states: BookState[] = [];
    exchange.book('xbt/usd').subscribe((state) => states.push(state));
    pass(10);

    wire().receive(v1SnapshotSeen, ...v1UpdatesSeen);

    expect(states.at(-1)).toMatchObject({ status: 'live', book: { venueTime: 1557070786389.495 } });
    expect(exchange.tally('XBT/USD')).toMatchObject({ checksumsHeld: 3, checksumsFailed: 0, deletesOfNothing: 0 });
    expect(faults).toEqual([]);
  });

  it('takes both blocks of a message in one step', () => {
    const { exchange, wire, pass, faults } = v1Rig();
    const states: BookState[] = [];
    exchange.book('XBT/USD').subscribe((state) => states.push(state));
    pass(10);

    wire().receive(
      '[1,{"as":[["3","1.0","1"]],"bs":[["2","1.0","1"]]},"book-10","XBT/USD"]',
      // 2 is an ask now, and no bid any more: the sum of 2, 10, 3, 10.
      '[1,{"a":[["2","1.0","2"]]},{"b":[["2","0.0","2"]],"c":"1387463237"},"book-10","XBT/USD"]',
    );

    expect(states.map(({ status }) => status)).toEqual(['syncing', 'live', 'live']);
    expect(states.at(-1)).toMatchObject({ book: { bids: { length: 0 }, asks: { length: 2 } } });
    expect(faults).toEqual([]);
  });

  it('does not take an update that nothing would hold', () => {
    const { exchange, wire, pass, faults } = v1Rig();
    const states: BookState[] = [];
    exchange.book('XBT/USD').subscribe((state) => states.push(state));
    pass(10);

    wire().receive(v1SnapshotSeen, '[1,{"a":[["5711.9","1.0","2"]]},"book-10","XBT/USD"]');

    expect(states.at(-1)).toMatchObject({ status: 'stale' });
    expect(faults).toMatchObject([{ type: 'decode', path: 'kraken.bookUpdate/c: Checksum' }, { type: 'gap' }]);
  });
});

describe('kraken()', () => {
  it('tells trades of before apart from those that happen, and leaves out one that can’t be read', () => {
    const { exchange, wire, pass, faults } = rig();
    const [live, past]: [unknown[], unknown[]] = [[], []];
    exchange.trades('BTC/USD').subscribe(({ id, exact }) => live.push([id, exact.size]));
    exchange.recentTrades('BTC/USD').subscribe(({ id }) => past.push(id));
    pass(10);
    const trade = (id: string, side = 'buy') =>
      `{"symbol":"BTC/USD","side":"${side}","price":63297.7,"qty":0.10000000,"ord_type":"market","trade_id":${id},"timestamp":"2026-08-12T19:28:00.000000Z"}`;

    wire().receive(`{"channel":"trade","type":"snapshot","data":[${trade('1')},${trade('2')}]}`);
    wire().receive(`{"channel":"trade","type":"update","data":[${trade('3')},${trade('4', 'b')},${trade('5')}]}`);

    wire().receive(`{"channel":"trade","type":"update","data":[${trade('"x"')}]}`);

    expect(wire().sent).toHaveLength(1);
    expect([live, past]).toEqual([
      [
        ['3', '0.10000000'],
        ['5', '0.10000000'],
      ],
      ['1', '2'],
    ]);
    expect(faults).toMatchObject([
      { type: 'decode', channel: 'trade:BTC/USD' },
      { type: 'decode', channel: 'trade:BTC/USD' },
    ]);
  });

  it('reckons the opening price, and tells nothing of a market that is dead', () => {
    const { exchange, wire, pass } = rig();
    const [tickers, quotes]: [unknown[], unknown[]] = [[], []];
    exchange.ticker('BTC/USD').subscribe((ticker) => tickers.push(ticker));
    exchange.quotes('BTC/USD').subscribe((quote) => quotes.push(quote));
    pass(10);
    const seen =
      '{"channel":"ticker","type":"update","data":[{"symbol":"BTC/USD","bid":63297.7,"bid_qty":5.45673101,"ask":63297.8,"ask_qty":0.36974422,"last":63297.8,"volume":1020.88391276,"vwap":63685.7,"low":63250,"high":64409.2,"change":0.7,"change_pct":0,"trades":47536,"timestamp":"2026-08-12T19:29:02.066592Z"}]}';
    const dead =
      '{"channel":"ticker","type":"snapshot","data":[{"symbol":"BTC/USD","bid":0.0,"bid_qty":0.0,"ask":0,"ask_qty":0,"last":0.0,"volume":0.0,"vwap":0,"low":0,"high":0,"change":0,"change_pct":0,"trades":0,"timestamp":"1970-01-01T00:00:00.000000Z"}]}';

    for (const one of [wire(0), wire(1)]) one.receive(dead, seen);

    expect(tickers).toMatchObject([
      { open: 63297.1, last: 63297.8, volume: 1020.88391276, exact: { open: '63297.1', low: '63250' } },
    ]);
    expect(quotes).toMatchObject([
      { bid: undefined, ask: undefined, venueTime: undefined },
      { bid: { price: 63297.7 }, ask: { size: 0.36974422 } },
    ]);
  });

  it('tells a candle once more, closed, when the next one begins', () => {
    const { exchange, wire, pass } = rig();
    const told: Candle[] = [];
    exchange.candles('BTC/USD', '1').subscribe((candle) => told.push(candle));
    pass(10);
    const candle = (minute: number, close: string) =>
      `{"symbol":"BTC/USD","open":1.0,"high":2.0,"low":1.0,"close":${close},"trades":2,"volume":0.50,"vwap":1,"interval_begin":"2026-08-12T19:0${minute}:00.000000000Z","interval":1}`;
    const frame = (type: string, ...candles: readonly string[]) =>
      `{"channel":"ohlc","type":"${type}","timestamp":"2026-08-12T19:02:30.5Z","data":[${candles.join()}]}`;

    wire().receive(frame('snapshot', candle(0, '1.0'), candle(1, '1.1')));
    wire().receive(frame('update', candle(1, '1.20')), frame('update', candle(2, '1.3')));

    const summary = told.map(({ exact, closed, openTime, closeTime }) => [exact.close, closed, closeTime - openTime]);
    expect(summary).toEqual([
      ['1.1', false, 59_999],
      ['1.20', false, 59_999],
      ['1.20', true, 59_999],
      ['1.3', false, 59_999],
    ]);
    expect(told.at(-1)).toMatchObject({ venueTime: Date.UTC(2026, 7, 12, 19, 2, 30, 500), trades: 2, volume: 0.5 });
  });

  it.each<[KrakenOptions, string, string]>([
    [{}, 'wss://ws.kraken.com/v2', 'wss://ws.kraken.com'],
    [{ beta: true }, 'wss://beta-ws.kraken.com/v2', 'wss://beta-ws.kraken.com'],
    [{ url: 'wss://elsewhere.example/' }, 'wss://elsewhere.example/v2', 'wss://elsewhere.example'],
  ])('with %j opens %s', (options, second, first) => {
    const [two, one] = [rig(options), venueRig((outside) => krakenV1({ ...outside, ...options }))];
    two.exchange.trades('BTC/USD').subscribe();
    one.exchange.trades('XBT/USD').subscribe();
    two.pass(10);
    one.pass(10);

    expect([two.wire().endpoint.url, one.wire().endpoint.url]).toEqual([second, first]);
  });

  it.each([
    () => kraken({ url: 'https://x' }),
    () => kraken({ channelsPerWire: 0 }),
    () => kraken({ messagesPerSecond: 101 }),
    () => kraken({ version: 'v1' } as KrakenOptions),
    () => kraken().book('BTCUSD'),
    () => kraken().book('BTC/USD', { depth: 20 as 25 }),
    () => kraken().candles('BTC/USD', '2' as '1'),
    () => krakenV1().candles('BTC/USD', '2' as '1'),
    () => krakenV1().book('XBT/USD', { channel: 'book' } as object),
  ])('refuses what can’t be meant: %s', (call) => {
    expect(call).toThrow(InvalidArgumentError);
  });
});

it('asks for the last trades by name, of which it is told that the venue does not tell them of itself', () => {
  const { exchange, wire, pass } = rig();
  exchange.recentTrades('BTC/USD').subscribe();
  pass(10);
  expect(wire().sent.map((text) => JSON.parse(text) as unknown)).toEqual([
    { method: 'subscribe', params: { channel: 'trade', symbol: ['BTC/USD'], snapshot: true }, req_id: 1 },
  ]);
});

describe('coming back to Kraken', () => {
  /** When wires were opened, by a client that never waits of itself. */
  function attempts(make: typeof kraken | typeof krakenV1, opening: (wire: FakeWire) => void, within: number) {
    const clock = new Clock();
    const opened: number[] = [];
    const network = fakeNetwork({
      onOpening: (wire) => {
        opened.push(clock.now());
        return clock.schedule(() => {
          opening(wire);
        });
      },
    });
    const exchange = make({ network, scheduler: clock, random: () => 0 });
    const watching = exchange.trades(make === kraken ? 'BTC/USD' : 'XBT/USD').subscribe();
    clock.advance(within);
    watching.unsubscribe();
    exchange.close();
    return opened;
  }
  const gaps = (moments: readonly number[]): readonly number[] =>
    moments.slice(1).map((at, i) => at - (moments[i] ?? 0));

  it.each([kraken, krakenV1])('is done at once a few times, and then every five seconds: %p', (make) => {
    const opened = attempts(
      make,
      (wire) => {
        wire.lose();
      },
      60_000,
    );

    expect(opened.filter((at) => at < 4_000)).toHaveLength(5);
    expect(Math.min(...gaps(opened.slice(4)))).toBeGreaterThanOrEqual(5_000);
    expect(opened.length).toBeGreaterThan(10);
  });

  it.each<readonly [typeof kraken | typeof krakenV1, (system: string) => string]>([
    [kraken, (system) => JSON.stringify({ channel: 'status', type: 'update', data: [{ system }] })],
    [krakenV1, (status) => JSON.stringify({ event: 'systemStatus', status })],
  ])('waits for five seconds where the venue was under maintenance: %p', (make, told) => {
    const systems = ['maintenance', 'maintenance', 'online', 'online'];
    const opened = attempts(
      make,
      (wire) => {
        wire.open();
        wire.receive(told(systems.shift() ?? 'online'));
        if (systems.length > 0) wire.end();
      },
      14_000,
    );

    expect(gaps(opened).map((gap) => gap >= 5_000)).toEqual([true, true, false]);
  });
});

describe('krakenV1()', () => {
  it('reads the other channels as they were seen', () => {
    const { exchange, wire, pass } = v1Rig();
    const told: unknown[] = [];
    exchange.trades('XMR/USD').subscribe((trade) => told.push(trade));
    exchange.ticker('XMR/USD').subscribe((ticker) => told.push(ticker));
    exchange.quotes('XBT/USD').subscribe((quote) => told.push(quote));
    exchange.candles('XBT/USD', '5').subscribe((candle) => told.push(candle));
    pass(10);

    wire().receive(
      '[993,[["354.04000000","0.28245396","1618678150.826417","s","m",""],["353.81000000","1.71754604","1618678150.827816","s","m",""]],"trade","XMR/USD"]',
      '[996,{"a":["355.24000000",27,"27.19106411"],"b":["354.32000000",6,"6.87748868"],"c":["355.23000000","1.20454360"],"v":["17858.85261084","33470.74135600"],"p":["355.33503706","349.16721624"],"t":[6481,10283],"l":["340.88000000","333.87000000"],"h":["368.00000000","368.00000000"],"o":["340.88000000","335.21000000"]},"ticker","XMR/USD"]',
      '[325,["43770.20000","43770.30000","1633053779.916349","0.00917717","0.31670440"],"spread","XBT/USD"]',
      '[42,["1542057314.748456","1542057360.435743","3586.70000","3586.70000","3586.60000","3586.60000","3586.68894","0.03373000",2],"ohlc-5","XBT/USD"]',
    );

    expect(told).toMatchObject([
      {
        id: '1618678150826417-0-354.04000000-0.28245396',
        side: 'sell',
        exact: { price: '354.04000000' },
        venueTime: 1618678150826.417,
      },
      { id: '1618678150827816-1-353.81000000-1.71754604', side: 'sell' },
      { open: 335.21, low: 333.87, volume: 33470.741356 },
      { bid: { price: 43770.2, size: 0.00917717 }, ask: { price: 43770.3, size: 0.3167044 } },
      { interval: '5', trades: 2, close: 3586.6, closed: false },
    ]);
  });
});
