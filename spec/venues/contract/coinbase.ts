import { ignoreElements, merge } from 'rxjs';
import {
  coinbaseAdvanced,
  type CoinbaseAdvancedExchange,
  coinbaseExchange,
  type CoinbaseExchange,
} from '../../../lib/venues/coinbase/index.js';
import type { Said, VenueUnderTest } from './venueUnderTest.js';

const time = '2026-08-12T19:27:48.298771Z';
const product = { product_id: 'BTC-USD' };
const json = (...parts: readonly object[]): string => JSON.stringify(Object.assign({}, ...parts));
const match = (side: string, type = 'match'): string =>
  json({ type, trade_id: 1, side, size: '1', price: '1', time, sequence: 1 }, product);
const heartbeat = (sequence: number | string): string =>
  json({ type: 'heartbeat', sequence, last_trade_id: 1, time }, product);
const ticker = (price: string): string =>
  json({ type: 'ticker', price, open_24h: '1', volume_24h: '1', low_24h: '1', high_24h: '1', time }, product);

interface Asking {
  readonly type: string;
  readonly product_ids?: readonly string[];
  readonly channels: readonly (string | { readonly name: string; readonly product_ids: readonly string[] })[];
}

/** What the venue has by now, by wire: its answers are the whole list. The wires of a test have one venue each. */
const keysOf = ({ channels, product_ids: products = [] }: Asking): readonly string[] =>
  channels.flatMap((channel) =>
    typeof channel === 'string'
      ? products.map((one) => `${channel}:${one}`)
      : channel.product_ids.map((one) => `${channel.name}:${one}`),
  );

function listOf(keys: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const list: Record<string, string[]> = {};
  for (const key of keys) {
    const [channel = '', one = ''] = key.split(':');
    (list[channel] ??= []).push(one);
  }
  return list;
}

/** Requests bear no number: one is named here by what it asks for, since no two of a test ask for the same. */
const said = (type: string, keys: readonly string[]): Said =>
  type === 'subscribe' || type === 'unsubscribe' ? { op: type, id: keys.join(), keys } : { op: 'other', keys };

export const coinbaseExchangeUnderTest: VenueUnderTest<CoinbaseExchange> = {
  name: 'coinbase exchange',
  make: coinbaseExchange,
  depth: (exchange) => exchange.depth('BTC-USD'),
  channels: {
    book: {
      open: (exchange) => exchange.book('BTC-USD'),
      key: 'level2_batch:BTC-USD',
      good: json({ type: 'snapshot', asks: [['2', '1']], bids: [] }, product),
      bad: json({ type: 'snapshot', asks: [['x', '1']], bids: [] }, product),
      path: 'coinbase.snapshot/asks: Levels/0/0: DecimalText',
    },
    trades: {
      open: (exchange) => exchange.trades('BTC-USD'),
      key: 'matches:BTC-USD',
      good: match('buy'),
      bad: match('bid'),
      path: 'coinbase.match/side: "buy" | "sell"',
    },
    recentTrades: {
      open: (exchange) => exchange.recentTrades('BTC-USD'),
      key: 'matches:BTC-USD',
      good: match('buy', 'last_match'),
      bad: match('bid', 'last_match'),
      path: 'coinbase.match/side: "buy" | "sell"',
    },
    ticker: {
      open: (exchange) => exchange.ticker('BTC-USD'),
      key: 'ticker:BTC-USD',
      good: ticker('1'),
      bad: ticker('x'),
      path: 'coinbase.ticker/price: DecimalText',
    },
    heartbeats: {
      // Behind another product's, whose heartbeat keeps the wire and stays.
      open: (exchange) => merge(exchange.ticker('ETH-USD').pipe(ignoreElements()), exchange.heartbeats('BTC-USD')),
      key: 'heartbeat:BTC-USD',
      good: heartbeat(1),
      bad: heartbeat('x'),
      path: 'coinbase.heartbeat/sequence: Sequence',
    },
  },
  read: (text) => {
    const asking = JSON.parse(text) as Asking;
    const keys = keysOf(asking);
    // The heartbeat that keeps the wire is nobody's: it is of a product that is asked for beside it.
    const isNobodys = (key: string): boolean => {
      const [channel, of] = key.split(':');
      return channel === 'heartbeat' && keys.some((other) => other !== key && other.endsWith(`:${of}`));
    };
    return said(
      asking.type,
      keys.filter((key) => !isNobodys(key)),
    );
  },
  accept: ({ keys }, listed = keys) => [
    json({
      type: 'subscriptions',
      channels: Object.entries(listOf(listed)).map(([name, product_ids]) => ({ name, product_ids })),
    }),
  ],
  refuse: (_, key) => json({ type: 'error', message: 'Failed to subscribe', reason: `${key} is not valid` }),
  nth: (exchange, n) => exchange.book(`A${n}-USD`),
  limits: {
    topicsPerRequest: 50,
    requestBytes: 65_536,
    channelsPerWire: 100,
    messages: { limit: 10, window: 1_000 },
    connections: { limit: 8, window: 1_000 },
    counted: ['connections'],
  },
  silentWithin: 11_000,
  heartbeat: heartbeat(1),
  page: {
    file: 'coinbase.md',
    opens: (exchange, text) => {
      const { type, product_id: id = '' } = JSON.parse(text) as {
        readonly type?: string;
        readonly product_id?: string;
      };
      switch (type) {
        case 'l2update':
        case 'snapshot':
          return exchange.book(id);
        case 'match':
        case 'last_match':
          return exchange.trades(id);
        case 'ticker':
          return exchange.ticker(id);
        case 'heartbeat':
          return exchange.heartbeats(id);
        case 'subscriptions':
        case 'error':
          return 'session';
        default:
          return 'none';
      }
    },
    least: 14,
  },
};

const event = (channel: string, ...events: readonly object[]): string => json({ channel, timestamp: time, events });
const l2 = (price_level: string): string =>
  event('l2_data', {
    type: 'snapshot',
    ...product,
    updates: [{ side: 'bid', event_time: time, price_level, new_quantity: '1' }],
  });
const trades = (side: string, type = 'update'): string =>
  event('market_trades', {
    type,
    trades: [{ ...product, trade_id: '1', price: '1', size: '1', time, side }],
  });
const tickers = (price: string): string => {
  const day = { volume_24_h: '1', low_24_h: '1', high_24_h: '1', price_percent_chg_24_h: '1' };
  return event('ticker', { type: 'update', tickers: [{ ...product, price, low_52_w: '1', high_52_w: '1', ...day }] });
};
const beats = (heartbeat_counter: number | string): string =>
  event('heartbeats', { current_time: time, heartbeat_counter });
const candles = (close: string): string =>
  event('candles', {
    type: 'update',
    candles: [{ ...product, start: '1775521800', open: '1', high: '1', low: '1', close, volume: '1' }],
  });

export const coinbaseAdvancedUnderTest: VenueUnderTest<CoinbaseAdvancedExchange> = {
  name: 'coinbase advanced',
  make: coinbaseAdvanced,
  depth: (exchange) => exchange.depth('BTC-USDC'),
  channels: {
    book: {
      open: (exchange) => exchange.book('BTC-USDC'),
      key: 'level2:BTC-USD',
      good: l2('1'),
      bad: l2('x'),
      path: 'coinbase.l2_data/updates: Updates/0: coinbase.l2/price_level: DecimalText',
    },
    trades: {
      open: (exchange) => exchange.trades('BTC-USD'),
      key: 'market_trades:BTC-USD',
      good: trades('BUY'),
      bad: trades('buy'),
      path: 'coinbase.market_trades/trades: Array<coinbase.trade>/0: coinbase.trade/side: "BUY" | "SELL"',
    },
    recentTrades: {
      open: (exchange) => exchange.recentTrades('BTC-USD'),
      key: 'market_trades:BTC-USD',
      good: trades('BUY', 'snapshot'),
      bad: trades('buy', 'snapshot'),
      path: 'coinbase.market_trades/trades: Array<coinbase.trade>/0: coinbase.trade/side: "BUY" | "SELL"',
    },
    ticker: {
      open: (exchange) => exchange.ticker('BTC-USD'),
      key: 'ticker:BTC-USD',
      good: tickers('1'),
      bad: tickers('x'),
      path: 'coinbase.ticker/tickers: Array<coinbase.tickerOf>/0: coinbase.tickerOf/price: DecimalText',
    },
    quotes: {
      open: (exchange) => exchange.quotes('BTC-USD'),
      key: 'ticker:BTC-USD',
      good: tickers('1'),
      bad: tickers('x'),
      path: 'coinbase.ticker/tickers: Array<coinbase.tickerOf>/0: coinbase.tickerOf/price: DecimalText',
    },
    heartbeats: {
      open: (exchange) => exchange.heartbeats(),
      key: 'heartbeats',
      good: beats(1),
      bad: beats('x'),
      path: 'coinbase.heartbeats/heartbeat_counter: Sequence',
      isKept: true,
    },
    candles: {
      open: (exchange) => exchange.candles('BTC-USD'),
      key: 'candles:BTC-USD',
      good: candles('1'),
      bad: candles('x'),
      path: 'coinbase.candles/candles: Array<coinbase.candle>/0: coinbase.candle/close: DecimalText',
    },
  },
  read: (text) => {
    const {
      type,
      channel,
      product_ids: products = [],
    } = JSON.parse(text) as {
      readonly type: string;
      readonly channel: string;
      readonly product_ids?: readonly string[];
    };
    if (channel === 'heartbeats') return { ...said(type, []), kept: channel };
    return said(
      type,
      products.map((one) => `${channel}:${one}`),
    );
  },
  // A list names all that is subscribed, and each session begins with heartbeats.
  accept: ({ keys }, listed = keys) => [
    event('subscriptions', { subscriptions: { ...listOf(listed), heartbeats: ['heartbeats'] } }),
  ],
  refuse: (_, key) => json({ type: 'error', message: `${key} is not valid` }),
  nth: (exchange, n) => exchange.book(`A${n}-USD`),
  limits: {
    topicsPerRequest: 50,
    requestBytes: 65_536,
    channelsPerWire: 16,
    messages: { limit: 4, window: 1_000 },
    together: { limit: 8, window: 1_000 },
    connections: { limit: 8, window: 1_000 },
    many: 400,
    counted: ['together', 'connections'],
  },
  silentWithin: 11_000,
  heartbeat: beats(1),
  page: {
    file: 'coinbase.md',
    opens: (exchange, text) => {
      const { channel, sequence_num: number } = JSON.parse(text) as {
        readonly channel?: string;
        readonly sequence_num?: number;
      };
      if (number === undefined) return 'none';
      switch (channel) {
        case 'l2_data':
          return exchange.book('BTC-USD');
        case 'market_trades':
          return exchange.trades('BTC-USD');
        case 'ticker':
          return exchange.ticker('BTC-USD');
        case 'candles':
          return exchange.candles('BTC-USD');
        case 'heartbeats':
          return exchange.heartbeats();
        default:
          return 'session';
      }
    },
    least: 6,
  },
};

/** Read by the compiler: what the two lack. */
export const lacks = {
  // @ts-expect-error Exchange has no candles
  candles: 'candles' satisfies keyof CoinbaseExchange,
  // @ts-expect-error nor best prices by themselves
  quotes: 'quotes' satisfies keyof CoinbaseExchange,
  // @ts-expect-error Advanced Trade has no matches
  matches: 'matches' satisfies keyof CoinbaseAdvancedExchange,
};
