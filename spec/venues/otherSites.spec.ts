import { type BookState, InvalidArgumentError } from '../../lib/index.js';
import { crc32 } from 'node:zlib';
import { type BinanceOptions, binance } from '../../lib/venues/binance/index.js';
import { type OkxOptions, okx } from '../../lib/venues/okx/index.js';
import { venueRig } from '../support/venueRig.js';

const requested = (url: string): { readonly place: string; readonly symbol: string | null } => {
  const { origin, pathname, searchParams } = new URL(url);
  return { place: `${origin}${pathname}`, symbol: searchParams.get('symbol') ?? searchParams.get('instId') };
};

describe.each<[BinanceOptions, string, string, string]>([
  [{}, 'BTCUSDT', 'wss://stream.binance.com:9443/stream', 'https://api.binance.com/api/v3/'],
  [
    { url: 'wss://stream.binance.us:9443' },
    'BTCUSD',
    'wss://stream.binance.us:9443/stream',
    'https://api.binance.us/api/v3/',
  ],
  [
    { url: 'wss://stream-cloud.trbinance.com' },
    'BTCTRY',
    'wss://stream-cloud.trbinance.com/stream',
    'https://api.binance.me/api/v3/',
  ],
  [
    { url: 'wss://data-stream.binance.vision' },
    '1INCHUSDT',
    'wss://data-stream.binance.vision/stream',
    'https://data-api.binance.vision/api/v3/',
  ],
  [
    { market: 'usdm' },
    'BTCUSDT_261225',
    'wss://fstream.binance.com/public/stream',
    'https://fapi.binance.com/fapi/v1/',
  ],
  [{ market: 'coinm' }, 'BTCUSD_PERP', 'wss://dstream.binance.com/stream', 'https://dapi.binance.com/dapi/v1/'],
])('a day of binance(%j), of %s', (options, symbol, socket, rest) => {
  const linked = (from: number): object => (options.market === undefined ? {} : { T: 1, pu: from - 1 });
  const diff = (from: number, to: number, size: string): object => ({
    stream: `${symbol.toLowerCase()}@depth@100ms`,
    data: { e: 'depthUpdate', E: 1, s: symbol, U: from, u: to, ...linked(from), b: [['100.5', size]], a: [] },
  });

  it('has a book of it, mends a gap by the snapshot of its own host, and goes on after a lost socket', () => {
    const { exchange, wire, network, pass, faults } = venueRig((outside) => binance({ ...outside, ...options }));
    const states: BookState[] = [];
    exchange.book(symbol).subscribe((state) => states.push(state));
    const last = (): BookState | undefined => states.at(-1);
    const answer = (lastUpdateId: number): void => {
      pass(10_000);
      const waiting = network.requests.filter(({ status }) => status === 'waiting');
      expect(waiting.map(({ request }) => requested(request.url))).toEqual([{ place: `${rest}depth`, symbol }]);
      waiting[0]?.respond({ lastUpdateId, bids: [['90', '1']], asks: [['110', '1']] });
    };
    pass(10);
    wire().receive({ result: null, id: 1 }, diff(5, 9, '7'));
    answer(8);
    expect(last()).toMatchObject({ status: 'live', book: { sequence: 9, bestBid: { price: 100.5, size: 7 } } });

    wire().receive(diff(12, 15, '8'));
    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
    answer(13);
    expect(last()).toMatchObject({ status: 'live', book: { sequence: 15, bestBid: { size: 8 } } });

    wire().end(1006);
    expect(last()).toMatchObject({ status: 'stale', reason: 'disconnected' });
    pass(5_000);
    wire(1).receive({ result: null, id: 1 }, diff(100, 104, '9'));
    answer(101);
    expect(last()).toMatchObject({ status: 'live', book: { sequence: 104, bestBid: { size: 9 } } });
    expect([wire(0), wire(1)].map(({ endpoint }) => endpoint.url)).toEqual([socket, socket]);
    expect(faults.map(({ type }) => type)).toEqual(['gap', 'resnapshot', 'resnapshot']);
  });

  it('asks the same host for its instruments and its past', () => {
    const { exchange, wire, network, pass } = venueRig((outside) => binance({ ...outside, ...options }));
    exchange.instruments().subscribe();
    exchange.candles(symbol, '1h', { history: 3 }).subscribe();
    pass(100);
    wire().receive({ result: null, id: 1 });
    pass(100);
    expect(network.requests.map(({ request }) => requested(request.url).place).sort()).toEqual([
      `${rest}exchangeInfo`,
      `${rest}klines`,
    ]);
  });
});

/** Signed, over the levels by turns ("Checksum", docs-v5). */
const checksumOf = (bids: readonly string[][], asks: readonly string[][]): number =>
  crc32(bids.flatMap((bid, i) => [...bid.slice(0, 2), ...(asks[i]?.slice(0, 2) ?? [])]).join(':')) | 0;

describe.each<[OkxOptions, string, string, string]>([
  [{}, 'BTC-USDT-SWAP', 'wss://ws.okx.com', 'https://www.okx.com'],
  [{ region: 'eea' }, 'BTC-EUR', 'wss://wseea.okx.com', 'https://eea.okx.com'],
  [{ region: 'us' }, 'BTC-USD', 'wss://wsus.okx.com', 'https://us.okx.com'],
  [{ region: 'us', demo: true }, 'BTC-USD', 'wss://wsuspap.okx.com', 'https://us.okx.com'],
  [{ url: 'wss://real.okcoin.com:8443' }, 'BTC-USD', 'wss://real.okcoin.com:8443', 'https://www.okcoin.com'],
  [
    { url: 'wss://real.okcoin.com:8443' },
    'BTC-USD-261225-66000-C',
    'wss://real.okcoin.com:8443',
    'https://www.okcoin.com',
  ],
])('a day of okx(%j), of %s', (options, instId, host, rest) => {
  const frame = (action: string, sizes: readonly string[], more: object): string => {
    const bids = sizes.map((size) => ['99.5', size, '0', '1']);
    const data = [{ bids, asks: action === 'snapshot' ? [['101', '2', '0', '1']] : [], ts: '1', ...more }];
    return JSON.stringify({ arg: { channel: 'books', instId }, action, data });
  };

  it.each(['numbers', 'checksums'])('has a book of it by its %s, mends it, and goes on after a lost socket', (by) => {
    const { exchange, wire, pass, faults } = venueRig((outside) => okx({ ...outside, ...options }));
    const states: BookState[] = [];
    exchange.book(instId).subscribe((state) => states.push(state));
    const last = (): BookState | undefined => states.at(-1);
    const told = (prevSeqId: number, seqId: number, size: string): object =>
      by === 'numbers' ? { prevSeqId, seqId } : { checksum: checksumOf([['99.5', size]], [['101', '2']]) };
    pass(10);
    wire().receive(frame('snapshot', ['1'], told(-1, 10, '1')), frame('update', ['2'], told(10, 12, '2')));
    // A keepalive of the venue: sides empty, the book as before.
    wire().receive(frame('update', [], told(12, 12, '2')));
    expect(last()).toMatchObject({ status: 'live', book: { bestBid: { price: 99.5, size: 2 } } });

    wire().receive(frame('update', ['4'], told(13, 14, '3')));
    expect(last()).toMatchObject({ status: 'stale', reason: by === 'numbers' ? 'gap' : 'checksum' });
    pass(5_000);
    wire().receive(frame('snapshot', ['5'], told(-1, 20, '5')));
    expect(last()).toMatchObject({ status: 'live', book: { bestBid: { size: 5 } } });

    wire().end(1006);
    expect(last()).toMatchObject({ status: 'stale', reason: 'disconnected' });
    pass(5_000);
    wire(1).receive(frame('snapshot', ['6'], told(-1, 3, '6')));
    expect(last()).toMatchObject({ status: 'live', book: { bestBid: { size: 6 } } });
    expect([wire(0), wire(1)].map(({ endpoint }) => endpoint.url)).toEqual([0, 1].map(() => `${host}/ws/v5/public`));
    expect(faults.map(({ type }) => type)).toEqual(['gap', 'resnapshot', 'resnapshot']);
  });

  it('asks the same host for its instruments and its past', () => {
    const { exchange, wire, network, pass } = venueRig((outside) => okx({ ...outside, ...options }));
    exchange.instruments().subscribe();
    exchange.candles(instId, '1m', { history: 3 }).subscribe();
    pass(100);
    const { id } = JSON.parse(wire().sent[0] ?? '') as { readonly id: string };
    wire().receive({ id, event: 'subscribe', arg: { channel: 'candle1m', instId }, connId: '1' });
    pass(100);
    const places = network.requests.map(({ request }) => new URL(request.url));
    expect(new Set(places.map(({ origin }) => origin))).toEqual(new Set([rest]));
    expect(new Set(places.map(({ pathname }) => pathname))).toEqual(
      new Set(['/api/v5/public/instruments', '/api/v5/market/candles']),
    );
  });
});

it('a site that nobody knows is refused at the call', () => {
  expect(() => okx({ region: 'tr' as never })).toThrow(InvalidArgumentError);
  expect(() => binance({ market: 'us' as never })).toThrow(InvalidArgumentError);
});
