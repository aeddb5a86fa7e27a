import { deribit, type DeribitExchange, type DeribitResolution } from '../../../lib/venues/deribit/index.js';
import type { Said, VenueUnderTest } from './venueUnderTest.js';

const frame = (channel: string, data: unknown): string =>
  JSON.stringify({ jsonrpc: '2.0', method: 'subscription', params: { channel, data } });
const at = { timestamp: 1, instrument_name: 'BTC-PERPETUAL' };
const book = (price: unknown) => ({ ...at, type: 'snapshot', change_id: 5, bids: [['new', price, 1]], asks: [] });
const whole = (price: unknown) => ({ ...at, change_id: 5, bids: [[price, 1]], asks: [] });
const trade = (direction: string) => ({ ...at, trade_id: '1', price: 1, amount: 1, direction });
const quote = (price: unknown) => ({ ...at, best_bid_price: price, best_bid_amount: 1 });
const ticker = (last_price: unknown) => ({ ...at, stats: { high: null }, last_price });
const candle = (close: unknown) => ({ tick: 1, open: 1, high: 1, low: 1, close, volume: 1, cost: 1 });

export const deribitUnderTest: VenueUnderTest<DeribitExchange> = {
  name: 'deribit',
  make: deribit,
  depth: (exchange) => exchange.depth('BTC-PERPETUAL'),
  channels: {
    book: {
      open: (exchange) => exchange.book('BTC-PERPETUAL'),
      key: 'book.BTC-PERPETUAL.100ms',
      good: frame('book.BTC-PERPETUAL.100ms', book(1)),
      bad: frame('book.BTC-PERPETUAL.100ms', book('1')),
      path: 'deribit.book/bids: Changes/0/1: JsonNumber',
    },
    'a book of ten levels': {
      open: (exchange) => exchange.depth('BTC-PERPETUAL', { depth: 10 }),
      key: 'book.BTC-PERPETUAL.none.10.100ms',
      good: frame('book.BTC-PERPETUAL.none.10.100ms', whole(1)),
      bad: frame('book.BTC-PERPETUAL.none.10.100ms', whole('1')),
      path: 'deribit.wholeBook/bids: Pairs/0/0: JsonNumber',
    },
    trades: {
      open: (exchange) => exchange.trades('BTC-PERPETUAL'),
      key: 'trades.BTC-PERPETUAL.100ms',
      good: frame('trades.BTC-PERPETUAL.100ms', [trade('buy')]),
      bad: frame('trades.BTC-PERPETUAL.100ms', [trade('bid')]),
      path: 'deribit.trades/0: deribit.trade/direction: "buy" | "sell"',
    },
    allTrades: {
      open: (exchange) => exchange.allTrades('option', 'BTC', { interval: 'agg2' }),
      key: 'trades.option.BTC.agg2',
      good: frame('trades.option.BTC.agg2', [trade('buy')]),
      bad: frame('trades.option.BTC.agg2', [trade('bid')]),
      path: 'deribit.trades/0: deribit.trade/direction: "buy" | "sell"',
    },
    quotes: {
      open: (exchange) => exchange.quotes('BTC-PERPETUAL'),
      key: 'quote.BTC-PERPETUAL',
      good: frame('quote.BTC-PERPETUAL', quote(1)),
      bad: frame('quote.BTC-PERPETUAL', quote('1')),
      path: 'deribit.quote/best_bid_price: JsonNumber',
    },
    candles: {
      open: (exchange) => exchange.candles('BTC-PERPETUAL', '1'),
      key: 'chart.trades.BTC-PERPETUAL.1',
      good: frame('chart.trades.BTC-PERPETUAL.1', candle(1)),
      bad: frame('chart.trades.BTC-PERPETUAL.1', candle('x')),
      path: 'deribit.chart/close: LooseDecimal',
    },
    ticker: {
      open: (exchange) => exchange.ticker('BTC-PERPETUAL'),
      key: 'ticker.BTC-PERPETUAL.100ms',
      good: frame('ticker.BTC-PERPETUAL.100ms', ticker(1)),
      bad: frame('ticker.BTC-PERPETUAL.100ms', ticker('x')),
      path: 'deribit.ticker/last_price: LooseDecimal',
    },
  },
  read: (text): Said => {
    const { id, method, params } = JSON.parse(text) as {
      readonly id: number;
      readonly method: string;
      readonly params: { readonly channels?: readonly string[] };
    };
    const op = method === 'public/subscribe' ? 'subscribe' : method === 'public/unsubscribe' ? 'unsubscribe' : 'other';
    return { op, id: `${id}`, keys: params.channels ?? [] };
  },
  accept: ({ id, keys }) => [JSON.stringify({ jsonrpc: '2.0', id: Number(id), result: [...keys].reverse(), usIn: 1 })],
  ended: ({ id, keys }) => [JSON.stringify({ jsonrpc: '2.0', id: Number(id), result: keys })],
  refuse: ({ id, keys }, key) =>
    JSON.stringify({ jsonrpc: '2.0', id: Number(id), result: keys.filter((one) => one !== key) }),
  nth: (exchange, n) => exchange.book(`A${n}-PERPETUAL`),
  limits: {
    topicsPerRequest: 500,
    requestBytes: 32_768,
    channelsPerWire: 500,
    messages: { limit: 20, window: 1_000 },
    requests: { limit: 10, window: 3_000 },
    connections: { limit: 32, window: 1_000 },
    counted: [],
  },
  silentWithin: 34_000,
  page: {
    file: 'deribit.md',
    opens: (exchange, text) => {
      const { method, params, result, error } = JSON.parse(text) as {
        readonly method?: string;
        readonly params?: { readonly channel?: string };
        readonly result?: unknown;
        readonly error?: unknown;
      };
      if (method === 'heartbeat' || result !== undefined || error !== undefined) return 'session';
      const [name, instrument = '', ...rest] = params?.channel?.split('.') ?? [];
      const interval = rest.at(-1) as 'raw';
      if (name === 'book') return exchange.book(instrument, rest.length === 1 ? { interval } : { interval, depth: 10 });
      if (name === 'trades') return exchange.trades(instrument, { interval });
      if (name === 'quote') return exchange.quotes(instrument);
      if (name === 'chart') return exchange.candles(rest[0] ?? '', rest[1] as DeribitResolution);
      return name === 'ticker' ? exchange.ticker(instrument, { interval }) : 'none';
    },
    least: 15,
  },
};
