import { summarise } from '../../../lib/cli/summary/summarise.js';
import { binanceVenue } from '../../../lib/cli/venues/binance.js';
import { bitfinexVenue } from '../../../lib/cli/venues/bitfinex.js';
import { bybitVenue } from '../../../lib/cli/venues/bybit.js';
import type { CliVenue } from '../../../lib/cli/venues/cliVenue.js';
import { coinbaseVenue } from '../../../lib/cli/venues/coinbase.js';
import { deribitVenue } from '../../../lib/cli/venues/deribit.js';
import { hyperliquidVenue } from '../../../lib/cli/venues/hyperliquid.js';
import { krakenVenue } from '../../../lib/cli/venues/kraken.js';
import { kucoinVenue } from '../../../lib/cli/venues/kucoin.js';
import { okxVenue } from '../../../lib/cli/venues/okx.js';
import { frame, http, recordingOf, socket } from '../../recording/fixtures.js';

/** What comes of frames a second apart, behind answers to requests. */
function summaryOf(
  venue: CliVenue,
  url: string,
  told: readonly unknown[],
  { market = '', requests = [] }: { market?: string; requests?: readonly (readonly [string, unknown])[] } = {},
) {
  const answers = requests.map(([address, body]) => http(1_001, address, JSON.stringify(body)));
  const frames = told.map((one, i) => frame(2_000 + i * 1_000, typeof one === 'string' ? one : JSON.stringify(one)));
  const recording = recordingOf([...answers, ...frames], [socket('1', url)]);
  return summarise({ ...recording, header: { ...recording.header, venue: venue.name, market } }, venue, { name: 'x' });
}

const BINANCE = 'wss://stream.binance.com:9443/ws/btcusdt@depth';
const diff = (u: number, bid: string, more: object = {}) => ({
  e: 'depthUpdate',
  E: u,
  s: 'BTCUSDT',
  U: u,
  u,
  b: [[bid, '1']],
  a: [],
  ...more,
});
const named = (stream: string, data: unknown) => ({ stream: `btcusdt@${stream}`, data });
const requests = [
  ['https://x/depth?symbol=BTCUSDT&limit=1000', { lastUpdateId: 4, bids: [['1', '1']], asks: [['100', '1']] }],
] as const;

describe('a recording of Binance whose streams are not those that a client of today asks for', () => {
  it.each([
    ['spot', 'depth', {}],
    ['spot', 'depth@1000ms', {}],
    ['usd-m', 'depth', { T: 1 }],
    ['usd-m', 'depth@250ms', { T: 1 }],
    ['usd-m', 'depth@500ms', { T: 1 }],
    ['usd-m', 'depth@0ms', { T: 1 }],
    ['coin-m', 'depth@500ms', { T: 1, ps: 'BTCUSD' }],
  ])('has its books: %s, %s', async (market, stream, more) => {
    const told = [5, 6, 7].map((u) => named(stream, diff(u, `${u}`, { ...more, pu: u - 1 })));

    const { symbols } = await summaryOf(binanceVenue, BINANCE, told, { market, requests });

    expect(symbols).toMatchObject({ BTCUSDT: { book: { snapshots: 1, diffs: 3, applied: 3, bidLevels: 4 } } });
  });

  it('has books and trades of events that no stream is named around', async () => {
    const trade = { e: 'aggTrade', E: 1, s: 'BTCUSDT', a: 1, p: '2', q: '3', f: 1, l: 1, T: 1, m: false, M: true };
    const told = [diff(5, '5'), trade, diff(6, '6'), { u: 6, s: 'BTCUSDT', b: '6', B: '1', a: '100', A: '1' }];

    const { symbols, otherFrames } = await summaryOf(binanceVenue, BINANCE, told, { requests });

    expect(symbols).toMatchObject({
      BTCUSDT: { book: { applied: 2, bidLevels: 3 }, trades: { count: 1, priceTimesSize: '6' } },
    });
    expect(otherFrames).toEqual({ bookTicker: 1 });
  });

  it('is told by the faster of two streams', async () => {
    const told = [named('depth', diff(5, '5')), named('depth@100ms', diff(5, '6')), named('depth@100ms', diff(6, '7'))];

    const { symbols, otherFrames } = await summaryOf(binanceVenue, BINANCE, told, { requests });

    expect(symbols).toMatchObject({ BTCUSDT: { book: { diffs: 2, applied: 2, bids: [['7', '1'], ['6', '1'], {}] } } });
    expect(otherFrames).toEqual({ depth: 1 });
  });
});

describe('a recording whose frames were written anew, with spaces', () => {
  const spaced = (value: unknown): string => JSON.stringify(value, null, 1).replace(/\n */g, ' ');

  it.each<readonly [string, CliVenue, string, string, unknown]>([
    [
      'Bybit',
      bybitVenue,
      'wss://stream.bybit.com/v5/public/spot',
      'spot',
      { topic: 'orderbook.50.A', type: 'snapshot', ts: 1, data: { s: 'A', b: [['9', '1']], a: [], u: 5, seq: 5 } },
    ],
    [
      'Coinbase',
      coinbaseVenue,
      'wss://ws-feed.exchange.coinbase.com',
      '',
      { type: 'snapshot', product_id: 'A-B', bids: [['9', '1']], asks: [] },
    ],
    [
      'Hyperliquid',
      hyperliquidVenue,
      'wss://api.hyperliquid.xyz/ws',
      '',
      { channel: 'l2Book', data: { coin: 'A', time: 1, levels: [[{ px: '9', sz: '1', n: 1 }], []], fast: true } },
    ],
    ['Kraken v1', krakenVenue, 'wss://ws.kraken.com', '', [1, { as: [], bs: [['9', '1', '1.0']] }, 'book-10', 'A/B']],
    [
      'KuCoin',
      kucoinVenue,
      'wss://push-private.kucoin.com/x',
      '',
      { topic: '/spotMarket/level2Depth5:A', type: 'message', data: { asks: [], bids: [['9', '1']], timestamp: 1 } },
    ],
    [
      'OKX',
      okxVenue,
      'wss://ws.okx.com/ws/v5/public',
      '',
      {
        arg: { channel: 'books', instId: 'A' },
        action: 'snapshot',
        data: [{ asks: [], bids: [['9', '1', '0', '1']], ts: '1', seqId: 1, prevSeqId: -1, checksum: 0 }],
      },
    ],
  ])('of %s is read the same', async (_, venue, url, market, told) => {
    const { symbols, checksum } = await summaryOf(venue, url, [spaced(told)], { market });

    expect(Object.values(symbols)).toMatchObject([{ book: { snapshots: 1, bids: [['9', '1']] } }]);
    if (venue === okxVenue) expect(checksum).toBeNull();
  });
});

describe('a recording of trades in several streams', () => {
  const one = { e: 'trade', E: 1, s: 'BTCUSDT', t: 1, p: '2', q: '3', T: 1, m: false, M: true };
  const all = { ...one, e: 'aggTrade', a: 1, q: '6', f: 1, l: 2 };

  it.each([
    ['both, of which one counts', [named('trade', one), named('trade', one), named('aggTrade', all)], 1, { trade: 2 }],
    ['each trade alone', [named('trade', one), named('trade', { ...one, t: 2 })], 2, {}],
    ['each trade alone, without a name', [one, { ...one, t: 2 }], 2, {}],
  ])('of Binance has those of %s', async (_, told, count, others) => {
    const { symbols, otherFrames } = await summaryOf(binanceVenue, BINANCE, told);

    expect(symbols).toMatchObject({ BTCUSDT: { trades: { count, size: '6', repeatedIds: 0 } } });
    expect(otherFrames).toEqual(others);
  });

  it('of Deribit has those of the better', async () => {
    const trades = (pace: string, ...ids: readonly string[]) => ({
      jsonrpc: '2.0',
      method: 'subscription',
      params: {
        channel: `trades.BTC-PERPETUAL.${pace}`,
        data: ids.map((trade_id) => ({
          trade_id,
          instrument_name: 'BTC-PERPETUAL',
          price: 2,
          amount: 3,
          direction: 'buy',
          timestamp: 1,
        })),
      },
    });
    const { symbols, otherFrames } = await summaryOf(deribitVenue, 'wss://www.deribit.com/ws/api/v2', [
      trades('raw', '1'),
      trades('100ms', '1', '2'),
      trades('raw', '2'),
    ]);

    expect(symbols).toMatchObject({ 'BTC-PERPETUAL': { trades: { count: 2, size: '6' } } });
    expect(otherFrames).toEqual({ '100ms': 1 });
  });
});

describe('a recording of one book at several depths', () => {
  const kraken = (depth: number, price: string) => [
    depth,
    { as: [], bs: [[price, '1.0', '1.0']] },
    `book-${depth}`,
    'XBT/USD',
  ];
  const bybit = (depth: number, price: string) => ({
    topic: `orderbook.${depth}.BTCUSDT`,
    type: 'snapshot',
    ts: 1,
    data: { s: 'BTCUSDT', b: [[price, '1']], a: [], u: 5, seq: 5 },
  });
  const deribit = (stream: string, price: number) => ({
    jsonrpc: '2.0',
    method: 'subscription',
    params: {
      channel: `book.BTC-PERPETUAL.${stream}`,
      data: {
        type: 'snapshot',
        timestamp: 1,
        instrument_name: 'BTC-PERPETUAL',
        change_id: 1,
        bids: stream.includes('none') ? [[price, 1]] : [['new', price, 1]],
        asks: [],
      },
    },
  });
  const kucoin = (depth: number, price: string) => ({
    type: 'message',
    topic: `/spotMarket/level2Depth${depth}:BTC-USDT`,
    subject: 'level2',
    data: { asks: [], bids: [[price, '1']], timestamp: 1 },
  });
  const okx = (channel: string, price: string) => ({
    arg: { channel, instId: 'A-B' },
    action: 'snapshot',
    data: [{ asks: [], bids: [[price, '1', '0', '1']], ts: '1', seqId: 1, prevSeqId: -1, checksum: 0 }],
  });
  const begun = (chanId: number, prec: string, freq: string, len: string) => ({
    event: 'subscribed',
    channel: 'book',
    chanId,
    symbol: 'tBTCUSD',
    prec,
    freq,
    len,
  });
  const hello = { event: 'info', version: 2, platform: { status: 1 } };

  it.each<readonly [string, CliVenue, string, string, readonly unknown[]]>([
    ['Kraken', krakenVenue, 'wss://ws.kraken.com', '', [kraken(10, '1'), kraken(1_000, '9'), kraken(25, '2')]],
    [
      'Bybit',
      bybitVenue,
      'wss://stream.bybit.com/v5/public/linear',
      'linear',
      [bybit(1, '1'), bybit(50, '2'), bybit(200, '9'), bybit(50, '3')],
    ],
    [
      'Deribit',
      deribitVenue,
      'wss://www.deribit.com/ws/api/v2',
      '',
      [deribit('none.20.100ms', 1), deribit('100ms', 2), deribit('raw', 9), deribit('agg2', 3)],
    ],
    ['KuCoin', kucoinVenue, 'wss://push-private.kucoin.com/x', '', [kucoin(5, '1'), kucoin(50, '9'), kucoin(5, '2')]],
    ['OKX', okxVenue, 'wss://ws.okx.com/ws/v5/public', '', [okx('books', '9'), okx('books50-l2-tbt', '1')]],
    [
      'Bitfinex',
      bitfinexVenue,
      'wss://api-pub.bitfinex.com/ws/2',
      '',
      [
        hello,
        begun(1, 'P0', 'F1', '100'),
        begun(2, 'P0', 'F0', '100'),
        begun(3, 'P0', 'F0', '25'),
        begun(4, 'R0', 'F0', '250'),
        [1, [[1, 1, 1]], 1],
        [2, [[9, 1, 1]], 2],
        [3, [[2, 1, 1]], 3],
        [4, [[1, 3, 1]], 4],
      ],
    ],
  ])('of %s is told by the deepest, and what comes first counts for nothing', async (_, venue, url, market, told) => {
    const { symbols } = await summaryOf(venue, url, told, { market });

    expect(Object.values(symbols)).toMatchObject([{ book: { snapshots: 1, diffs: 0, bids: [['9', '1']] } }]);
  });

  it('of Bybit is told by its best prices where there is nothing else', async () => {
    const { symbols } = await summaryOf(
      bybitVenue,
      'wss://stream.bybit.com/v5/public/linear',
      [bybit(1, '1'), bybit(1, '2')],
      { market: 'linear' },
    );

    expect(symbols).toMatchObject({ BTCUSDT: { book: { snapshots: 2, bids: [['2', '1']] } } });
  });

  it('of Bybit has those of 500 levels, which the venue had until 2025', async () => {
    const { symbols } = await summaryOf(bybitVenue, 'wss://stream.bybit.com/v5/public/linear', [bybit(500, '2')], {
      market: 'linear',
    });

    expect(symbols).toMatchObject({ BTCUSDT: { book: { snapshots: 1, bids: [['2', '1']] } } });
  });
});

describe('a recording of Kraken v2 that holds nothing of what its client sent', () => {
  const prices = Array.from({ length: 12 }, (_, i) => 20 - i);
  const rows = prices.map((price) => `{"price":${price}.0,"qty":1.0}`).join();
  const snapshot = `{"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[${rows}],"asks":[],"checksum":973888242}]}`;
  const answer = (depth: number) => ({
    method: 'subscribe',
    result: { channel: 'book', depth, snapshot: true, symbol: 'BTC/USD' },
    success: true,
    req_id: 1,
  });

  it.each([
    ['answers', [answer(25), snapshot]],
    ['the snapshot', [snapshot]],
  ])('knows by %s how deep its books are', async (_, told) => {
    const { symbols } = await summaryOf(krakenVenue, 'wss://ws.kraken.com/v2', told);

    expect(symbols).toMatchObject({ 'BTC/USD': { book: { snapshots: 1, bidLevels: 12 } } });
  });
});
