import { binance, type BinanceExchange, type BinanceInterval } from '../../../lib/venues/binance/index.js';
import type { Said, VenueUnderTest } from './venueUnderTest.js';

const frame = (stream: string, data: object): string => JSON.stringify({ stream, data });
const depth = (price: string) => ({ e: 'depthUpdate', E: 1, s: 'BTCUSDT', U: 1, u: 2, b: [[price, '1']], a: [] });
const trade = (p: string) => ({ e: 'trade', E: 1, s: 'BTCUSDT', t: 1, p, q: '1', T: 1, m: true });
const quote = (b: string) => ({ u: 1, s: 'BTCUSDT', b, B: '1', a: '2', A: '1' });
const aggregate = (p: string) => ({ e: 'aggTrade', E: 1, s: 'BTCUSDT', a: 1, p, q: '1', f: 1, l: 1, T: 1, m: true });
const kline = (c: string) => ({
  e: 'kline',
  E: 1,
  s: 'BTCUSDT',
  k: { t: 1, T: 2, s: 'BTCUSDT', i: '1m', o: '1', c, h: '1', l: '1', v: '1', n: 1, x: false, q: '1' },
});
const ticker = (c: string) => ({ e: '24hrTicker', E: 1, s: 'BTCUSDT', o: '1', h: '1', l: '1', c, v: '1', q: '1' });

export const binanceUnderTest: VenueUnderTest<BinanceExchange> = {
  name: 'binance',
  make: binance,
  depth: (exchange) => exchange.depth('BTCUSDT'),
  channels: {
    book: {
      open: (exchange) => exchange.book('BTCUSDT'),
      key: 'btcusdt@depth@100ms',
      good: frame('btcusdt@depth@100ms', depth('1')),
      bad: frame('btcusdt@depth@100ms', depth('x')),
      path: 'binance.depthUpdate/b: Levels/0/0: DecimalText',
    },
    trades: {
      open: (exchange) => exchange.trades('BTCUSDT'),
      key: 'btcusdt@trade',
      good: frame('btcusdt@trade', trade('1')),
      bad: frame('btcusdt@trade', trade('x')),
      path: 'binance.trade/p: DecimalText',
    },
    aggregateTrades: {
      open: (exchange) => exchange.aggregateTrades('BTCUSDT'),
      key: 'btcusdt@aggTrade',
      good: frame('btcusdt@aggTrade', aggregate('1')),
      bad: frame('btcusdt@aggTrade', aggregate('x')),
      path: 'binance.aggTrade/p: DecimalText',
    },
    quotes: {
      open: (exchange) => exchange.quotes('BTCUSDT'),
      key: 'btcusdt@bookTicker',
      good: frame('btcusdt@bookTicker', quote('1')),
      bad: frame('btcusdt@bookTicker', quote('x')),
      path: 'binance.bookTicker/b: DecimalText',
    },
    candles: {
      open: (exchange) => exchange.candles('BTCUSDT', '1m'),
      key: 'btcusdt@kline_1m',
      good: frame('btcusdt@kline_1m', kline('1')),
      bad: frame('btcusdt@kline_1m', kline('x')),
      path: 'binance.kline/k: binance.kline/c: DecimalText',
    },
    ticker: {
      open: (exchange) => exchange.ticker('BTCUSDT'),
      key: 'btcusdt@ticker',
      good: frame('btcusdt@ticker', ticker('1')),
      bad: frame('btcusdt@ticker', ticker('x')),
      path: 'binance.24hrTicker/c: DecimalText',
    },
  },
  read: (text): Said => {
    const {
      method,
      params = [],
      id,
    } = JSON.parse(text) as {
      readonly method: string;
      readonly params?: readonly string[];
      readonly id: number;
    };
    const op = method === 'SUBSCRIBE' ? 'subscribe' : method === 'UNSUBSCRIBE' ? 'unsubscribe' : 'other';
    return { op, id: `${id}`, keys: params };
  },
  accept: ({ id }) => [JSON.stringify({ result: null, id: Number(id) })],
  ended: ({ id }) => [JSON.stringify({ result: null, id: Number(id) })],
  refuse: ({ id }) => JSON.stringify({ code: 2, msg: 'Invalid request: unknown stream', id: Number(id) }),
  nth: (exchange, n) => exchange.trades(`A${n}USDT`),
  limits: {
    topicsPerRequest: 200,
    requestBytes: 16_384,
    channelsPerWire: 1_024,
    messages: { limit: 5, window: 1_000 },
    connections: { limit: 300, window: 300_000 },
    counted: ['messages', 'connections'],
  },
  silentWithin: 41_000,
  page: {
    file: 'binance.md',
    opens: (exchange, text) => {
      const { stream, result, error } = JSON.parse(text) as {
        readonly stream?: string;
        readonly result?: unknown;
        readonly error?: unknown;
      };
      if (stream === undefined) return result !== undefined || error !== undefined ? 'session' : 'none';
      const [symbol = '', kind = '', speed] = stream.split('@');
      const interval = /^kline_(\w+)$/.exec(kind)?.[1];
      if (interval !== undefined) return exchange.candles(symbol, interval as BinanceInterval);
      if (kind === 'depth') return exchange.book(symbol, { speed: speed === undefined ? '1000ms' : '100ms' });
      if (kind === 'trade') return exchange.trades(symbol);
      if (kind === 'aggTrade') return exchange.aggregateTrades(symbol);
      if (kind === 'bookTicker') return exchange.quotes(symbol);
      return kind === 'ticker' ? exchange.ticker(symbol) : 'none';
    },
    least: 10,
  },
};

/** COIN-M: diffs that are linked, volumes of candles and tickers in base units under `q` and `v`. The page is of spot. */
export const coinmUnderTest: VenueUnderTest<BinanceExchange> = {
  ...binanceUnderTest,
  name: 'binance, coinm',
  make: (options) => binance({ ...options, market: 'coinm' }),
  channels: {
    ...binanceUnderTest.channels,
    book: {
      ...binanceUnderTest.channels.book,
      good: frame('btcusdt@depth@100ms', { ...depth('1'), pu: 0, T: 1, ps: 'BTCUSD' }),
      bad: frame('btcusdt@depth@100ms', { ...depth('x'), pu: 0, T: 1, ps: 'BTCUSD' }),
    },
    trades: {
      ...binanceUnderTest.channels.trades,
      good: frame('btcusdt@trade', { ...trade('1'), X: 'MARKET' }),
      bad: frame('btcusdt@trade', { ...trade('x'), X: 'MARKET' }),
    },
  },
  limits: { ...binanceUnderTest.limits, messages: { limit: 10, window: 1_000 } },
  page: { ...binanceUnderTest.page, opens: () => 'none', least: 0 },
};
