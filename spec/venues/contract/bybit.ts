import { bybit, type BybitExchange, type BybitInterval } from '../../../lib/venues/bybit/index.js';
import type { Said, VenueUnderTest } from './venueUnderTest.js';

const frame = (topic: string, data: unknown, more: object = {}): string =>
  JSON.stringify({ topic, type: 'snapshot', ts: 1, data, ...more });
const book = (price: string) => ({ s: 'BTCUSDT', b: [[price, '1']], a: [], u: 5, seq: 7 });
const trade = (S: string) => ({ T: 1, s: 'BTCUSDT', S, v: '1', p: '1', i: 'x', BT: false });
const candle = (close: string) => ({
  start: 1,
  end: 2,
  interval: '5',
  open: '1',
  close,
  high: '1',
  low: '1',
  volume: '1',
  turnover: '1',
  confirm: false,
  timestamp: 1,
});
const ticker = (lastPrice: string) => ({
  symbol: 'BTCUSDT',
  lastPrice,
  highPrice24h: '1',
  lowPrice24h: '1',
  prevPrice24h: '1',
  volume24h: '1',
  turnover24h: '1',
});

export const bybitUnderTest: VenueUnderTest<BybitExchange> = {
  name: 'bybit',
  make: (options) => bybit({ ...options, category: 'spot' }),
  depth: (exchange) => exchange.depth('BTCUSDT'),
  channels: {
    book: {
      open: (exchange) => exchange.book('BTCUSDT'),
      key: 'orderbook.50.BTCUSDT',
      good: frame('orderbook.50.BTCUSDT', book('1')),
      bad: frame('orderbook.50.BTCUSDT', book('x')),
      path: 'bybit.orderbook/data: bybit.book/b: Levels/0/0: DecimalText',
    },
    quotes: {
      open: (exchange) => exchange.quotes('BTCUSDT'),
      key: 'orderbook.1.BTCUSDT',
      good: frame('orderbook.1.BTCUSDT', book('1')),
      bad: frame('orderbook.1.BTCUSDT', book('x')),
      path: 'bybit.orderbook/data: bybit.book/b: Levels/0/0: DecimalText',
    },
    trades: {
      open: (exchange) => exchange.trades('BTCUSDT'),
      key: 'publicTrade.BTCUSDT',
      good: frame('publicTrade.BTCUSDT', [trade('Buy')]),
      bad: frame('publicTrade.BTCUSDT', [trade('buy')]),
      path: 'bybit.publicTrade/data: Array<bybit.trade>/0: bybit.trade/S: "Buy" | "Sell"',
    },
    candles: {
      open: (exchange) => exchange.candles('BTCUSDT', '5'),
      key: 'kline.5.BTCUSDT',
      good: frame('kline.5.BTCUSDT', [candle('1')]),
      bad: frame('kline.5.BTCUSDT', [candle('x')]),
      path: 'bybit.kline/data: Array<bybit.candle>/0: bybit.candle/close: DecimalText',
    },
    ticker: {
      open: (exchange) => exchange.ticker('BTCUSDT'),
      key: 'tickers.BTCUSDT',
      good: frame('tickers.BTCUSDT', ticker('1')),
      bad: frame('tickers.BTCUSDT', ticker('x')),
      path: 'bybit.tickers/data: bybit.ticker/lastPrice: DecimalText',
    },
  },
  read: (text): Said => {
    const {
      op,
      args = [],
      req_id: id,
    } = JSON.parse(text) as {
      readonly op: string;
      readonly args?: readonly string[];
      readonly req_id: string;
    };
    return { op: op === 'subscribe' || op === 'unsubscribe' ? op : 'other', id, keys: args };
  },
  accept: ({ id }) => [
    JSON.stringify({ success: true, ret_msg: 'subscribe', conn_id: 'd', req_id: id, op: 'subscribe' }),
  ],
  ended: ({ id }) => [JSON.stringify({ success: true, ret_msg: '', conn_id: 'd', req_id: id, op: 'unsubscribe' })],
  refuse: ({ id }, key) => {
    const text = `error:handler not found,topic:${key}`;
    return JSON.stringify({ success: false, ret_msg: text, conn_id: 'd', req_id: id, op: 'subscribe' });
  },
  nth: (exchange, n) => exchange.book(`A${n}USDT`, { depth: 1_000 }),
  limits: {
    topicsPerRequest: 10,
    requestBytes: 21_000,
    channelsPerWire: 420,
    connections: { limit: 500, window: 300_000 },
    counted: ['connections'],
  },
  silentWithin: 41_000,
  page: {
    file: 'bybit.md',
    opens: (exchange, text) => {
      const { topic, op, args } = JSON.parse(text) as {
        readonly topic?: string;
        readonly op?: string;
        readonly args?: unknown;
      };
      if (topic === undefined) return args === undefined && op !== 'ping' ? 'session' : 'none';
      const [name, detail = '', ...rest] = topic.split('.');
      const symbol = rest.join('.');
      if (name === 'orderbook' && detail === '25')
        return exchange.category === 'option' ? exchange.book(symbol) : 'none';
      if (name === 'orderbook') return exchange.book(symbol, { depth: Number(detail) as 50 });
      if (name === 'publicTrade') return exchange.trades(detail);
      if (name === 'kline') return exchange.candles(symbol, detail as BybitInterval);
      // The rest is of the sockets before v5.
      return name === 'tickers' ? exchange.ticker(detail) : 'none';
    },
    least: 14,
  },
};
