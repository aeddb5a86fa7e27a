import { kraken, type KrakenExchange, krakenV1, type KrakenV1Exchange } from '../../../lib/venues/kraken/index.js';
import type { KrakenDepth, KrakenInterval } from '../../../lib/venues/kraken/index.js';
import type { Said, VenueUnderTest } from './venueUnderTest.js';

const frame = (channel: string, entry: string, type = 'snapshot'): string =>
  `{"channel":"${channel}","type":"${type}","data":[${entry}]}`;
const book = (price: string): string =>
  `{"symbol":"BTC/USD","bids":[],"asks":[{"price":${price},"qty":1.0}],"checksum":${price === '1' ? 980181419 : 1}}`;
const trade = (side: string): string =>
  `{"symbol":"BTC/USD","side":"${side}","price":1.0,"qty":1.0,"ord_type":"limit","trade_id":1,"timestamp":"2026-08-12T19:28:00.000000Z"}`;
const ticker = (last: string): string =>
  `{"symbol":"BTC/USD","bid":1,"bid_qty":1,"ask":2,"ask_qty":1,"last":${last},"volume":1,"vwap":1,"low":1,"high":1,"change":0.0,"change_pct":0}`;
const candle = (close: string): string =>
  `{"symbol":"BTC/USD","open":1,"high":1,"low":1,"close":${close},"trades":1,"volume":1,"vwap":1,"interval_begin":"2026-08-12T19:28:00.000000000Z","interval":5}`;

/** Keys by what requests and answers say of a subscription. */
function nameOf(channel: string, params: Readonly<Record<string, unknown>>): string {
  if (channel === 'book') return `book-${String(params['depth'])}`;
  if (channel === 'ohlc') return `ohlc-${String(params['interval'])}`;
  return params['event_trigger'] === 'bbo' ? 'ticker-bbo' : channel;
}

const limits: VenueUnderTest<KrakenExchange>['limits'] = {
  topicsPerRequest: 100,
  requestBytes: 16_384,
  channelsPerWire: 200,
  messages: { limit: 10, window: 1_000 },
  connections: { limit: 150, window: 600_000 },
  counted: ['connections'],
};

export const krakenUnderTest: VenueUnderTest<KrakenExchange> = {
  name: 'kraken',
  make: kraken,
  depth: (exchange) => exchange.depth('BTC/USD'),
  channels: {
    book: {
      open: (exchange) => exchange.book('BTC/USD'),
      key: 'book-10:BTC/USD',
      good: frame('book', book('1')),
      bad: frame('book', book('"x"')),
      path: 'kraken.book/data: Array<kraken.bookOf>/0: kraken.bookOf/asks: LevelRecords/0: Level/price: LooseDecimal',
    },
    trades: {
      open: (exchange) => exchange.trades('BTC/USD'),
      key: 'trade:BTC/USD',
      good: frame('trade', trade('buy'), 'update'),
      bad: frame('trade', trade('bid'), 'update'),
      path: 'kraken.trade/data: Array<kraken.tradeOf>/0: kraken.tradeOf/side: "buy" | "sell"',
    },
    recentTrades: {
      open: (exchange) => exchange.recentTrades('BTC/USD'),
      key: 'trade:BTC/USD',
      good: frame('trade', trade('buy')),
      bad: frame('trade', trade('bid')),
      path: 'kraken.trade/data: Array<kraken.tradeOf>/0: kraken.tradeOf/side: "buy" | "sell"',
    },
    quotes: {
      open: (exchange) => exchange.quotes('BTC/USD'),
      key: 'ticker-bbo:BTC/USD',
      good: frame('ticker', ticker('1')),
      bad: frame('ticker', ticker('1').replace('"ask":2', '"ask":"x"')),
      path: 'kraken.ticker/data: Array<kraken.quoteOf>/0: kraken.quoteOf/ask: LooseDecimal',
    },
    ticker: {
      open: (exchange) => exchange.ticker('BTC/USD'),
      key: 'ticker:BTC/USD',
      good: frame('ticker', ticker('1')),
      bad: frame('ticker', ticker('"x"')),
      path: 'kraken.ticker/data: Array<kraken.tickerOf>/0: kraken.tickerOf/last: LooseDecimal',
    },
    candles: {
      open: (exchange) => exchange.candles('BTC/USD', '5'),
      key: 'ohlc-5:BTC/USD',
      good: frame('ohlc', candle('1')),
      bad: frame('ohlc', candle('"x"')),
      path: 'kraken.ohlc/data: Array<kraken.ohlcOf>/0: kraken.ohlcOf/close: LooseDecimal',
    },
  },
  read: (text): Said => {
    const {
      method,
      params: { channel = '', symbol = [], ...params } = {},
      req_id: id,
    } = JSON.parse(text) as {
      readonly method: string;
      readonly params?: { readonly channel?: string; readonly symbol?: readonly string[] };
      readonly req_id: number;
    };
    const op = method === 'subscribe' || method === 'unsubscribe' ? method : 'other';
    return { op, id: `${id}`, keys: symbol.map((one) => `${nameOf(channel, params)}:${one}`) };
  },
  accept: ({ id, keys }) =>
    keys.map((key) => {
      const [channel, symbol] = key.split(':');
      return JSON.stringify({ method: 'subscribe', req_id: Number(id), success: true, result: { channel, symbol } });
    }),
  ended: ({ id, keys }) =>
    keys.map((key) => {
      const [channel, symbol] = key.split(':');
      return JSON.stringify({ method: 'unsubscribe', req_id: Number(id), success: true, result: { channel, symbol } });
    }),
  refuse: ({ id }, key) => {
    const [, symbol] = key.split(':');
    const error = `Currency pair not supported ${symbol}`;
    return JSON.stringify({ error, method: 'subscribe', success: false, req_id: Number(id), symbol });
  },
  pong: () => [JSON.stringify({ method: 'pong', req_id: 1 })],
  nth: (exchange, n) => exchange.book(`A${n}/USD`),
  limits,
  silentWithin: 16_000,
  page: {
    file: 'kraken.md',
    opens: (exchange, text) => {
      if (text.startsWith('[')) return 'none';
      const { channel, data, method, success } = JSON.parse(text) as {
        readonly channel?: string;
        readonly method?: string;
        readonly success?: boolean;
        readonly data?: readonly { readonly symbol: string; readonly interval: number }[];
      };
      if (method !== undefined) return success === undefined && method !== 'pong' ? 'none' : 'session';
      const [{ symbol, interval } = { symbol: '', interval: 0 }] = data ?? [];
      switch (channel) {
        case undefined:
          return 'none';
        case 'book':
          return exchange.book(symbol);
        case 'ticker':
          return exchange.ticker(symbol);
        case 'ohlc':
          return exchange.candles(symbol, `${interval}` as KrakenInterval);
        default:
          return 'session';
      }
    },
    least: 6,
  },
};

const list = (name: string, payload: string): string => `[1,${payload},"${name}","XBT/USD"]`;
const tickerOf = (last: string): string => {
  const both = ['1', '1'];
  return JSON.stringify({ c: [last, '1'], v: both, p: both, t: [1, 1], l: both, h: both, o: both });
};

export const krakenV1UnderTest: VenueUnderTest<KrakenV1Exchange> = {
  name: 'kraken, v1',
  make: krakenV1,
  depth: (exchange) => exchange.depth('XBT/USD'),
  channels: {
    book: {
      open: (exchange) => exchange.book('XBT/USD'),
      key: 'book-10:XBT/USD',
      good: list('book-10', '{"as":[["1","1","1"]],"bs":[]}'),
      bad: list('book-10', '{"as":[["x","1","1"]],"bs":[]}'),
      path: 'kraken.bookSnapshot/as: Levels/0/0: DecimalText',
    },
    trades: {
      open: (exchange) => exchange.trades('XBT/USD'),
      key: 'trade:XBT/USD',
      good: list('trade', '[["1","1","1.5","s","m",""]]'),
      bad: list('trade', '[["1","1","1.5","x","m",""]]'),
      path: 'kraken.trade/trades: Array<kraken.tradeOf>/0: kraken.tradeOf/side: "b" | "s"',
    },
    quotes: {
      open: (exchange) => exchange.quotes('XBT/USD'),
      key: 'spread:XBT/USD',
      good: list('spread', '["1","2","1.5","1","1"]'),
      bad: list('spread', '["x","2","1.5","1","1"]'),
      path: 'kraken.spread/spread: kraken.spreadOf/bid: DecimalText',
    },
    ticker: {
      open: (exchange) => exchange.ticker('XBT/USD'),
      key: 'ticker:XBT/USD',
      good: list('ticker', tickerOf('1')),
      bad: list('ticker', tickerOf('x')),
      path: 'kraken.ticker/ticker: kraken.tickerOf/c: Last/price: DecimalText',
    },
    candles: {
      open: (exchange) => exchange.candles('XBT/USD', '5'),
      key: 'ohlc-5:XBT/USD',
      good: list('ohlc-5', '["1.5","300.0","1","1","1","1","1","1",2]'),
      bad: list('ohlc-5', '["1.5","300.0","1","1","1","x","1","1",2]'),
      path: 'kraken.ohlc/candle: kraken.ohlcOf/close: DecimalText',
    },
  },
  read: (text): Said => {
    const {
      event,
      reqid,
      pair = [],
      subscription: { name = '', ...params } = {},
    } = JSON.parse(text) as {
      readonly event: string;
      readonly reqid: number;
      readonly pair?: readonly string[];
      readonly subscription?: { readonly name?: string };
    };
    const op = event === 'subscribe' || event === 'unsubscribe' ? event : 'other';
    return { op, id: `${reqid}`, keys: pair.map((one) => `${nameOf(name, params)}:${one}`) };
  },
  accept: ({ id, keys }) =>
    keys.map((key) => {
      const [channelName, pair] = key.split(':');
      return JSON.stringify({
        event: 'subscriptionStatus',
        status: 'subscribed',
        channelName,
        pair,
        reqid: Number(id),
      });
    }),
  refuse: ({ id }, key) => {
    const [, pair] = key.split(':');
    const errorMessage = `Currency pair not supported ${pair}`;
    return JSON.stringify({ errorMessage, event: 'subscriptionStatus', pair, reqid: Number(id), status: 'error' });
  },
  pong: () => [JSON.stringify({ event: 'pong', reqid: 1 })],
  nth: (exchange, n) => exchange.book(`A${n}/USD`),
  limits,
  silentWithin: 16_000,
  page: {
    file: 'kraken.md',
    opens: (exchange, text) => {
      const frameOf: unknown = JSON.parse(text);
      if (!Array.isArray(frameOf)) {
        const { event } = frameOf as { readonly event?: string };
        return event === undefined || /subscribe$|ping/.test(event) ? 'none' : 'session';
      }
      if (frameOf.length < 4) return 'none';
      const [name = '', pair = ''] = frameOf.slice(-2) as readonly string[];
      const [channel, depth] = name.split('-');
      if (channel === 'book') return exchange.book(pair, { depth: Number(depth) as KrakenDepth });
      if (channel === 'trade') return exchange.trades(pair);
      return channel === 'ticker' ? exchange.ticker(pair) : exchange.quotes(pair);
    },
    least: 12,
  },
};

/** Read by the compiler, and never run: what can be asked for. */
export function isInTheTypes(two: KrakenExchange): void {
  // @ts-expect-error a depth that Kraken does not have
  two.book('BTC/USD', { depth: 20 });
  // @ts-expect-error an interval that Kraken does not have
  two.candles('BTC/USD', '2');
}

// @ts-expect-error v1 tells no trades of before
export const lacks = 'recentTrades' satisfies keyof KrakenV1Exchange;
