import { kucoin, type KucoinExchange, type KucoinInterval } from '../../../lib/venues/kucoin/index.js';
import type { Said, VenueUnderTest } from './venueUnderTest.js';

const frame = (topic: string, data: unknown): string => JSON.stringify({ type: 'message', topic, subject: 'x', data });
const changes = (price: unknown) => ({
  symbol: 'BTC-USDT',
  sequenceStart: 5,
  sequenceEnd: 5,
  changes: { asks: [[price, '1', '5']], bids: [] },
});
const whole = (price: string) => ({ asks: [[price, '1']], bids: [], timestamp: 1 });
const match = (side: string) => ({ symbol: 'BTC-USDT', side, price: '1', size: '1', tradeId: 'x', time: '1619' });
const ticker = (bestBid: string) => ({ time: 1, price: '1', size: '1', bestBid, bestBidSize: '1' });
const candle = (close: string) => ({ symbol: 'BTC-USDT', candles: ['1', '1', close, '1', '1', '1', '1'] });

export const kucoinUnderTest: VenueUnderTest<KucoinExchange> = {
  name: 'kucoin',
  make: (options) => kucoin({ ...options, url: 'wss://ws.example' }),
  greeting: ['{"id":"hQvf8jkno","type":"welcome"}'],
  depth: (exchange) => exchange.depth('BTC-USDT'),
  channels: {
    book: {
      open: (exchange) => exchange.book('BTC-USDT'),
      key: '/market/level2:BTC-USDT',
      good: frame('/market/level2:BTC-USDT', changes('1')),
      bad: frame('/market/level2:BTC-USDT', changes('x')),
      path: 'kucoin.level2/data: kucoin.changes/changes: kucoin.sides/asks: Array<>/0/0: DecimalText',
    },
    'a book of five levels': {
      open: (exchange) => exchange.depth('BTC-USDT', { depth: 5 }),
      key: '/spotMarket/level2Depth5:BTC-USDT',
      good: frame('/spotMarket/level2Depth5:BTC-USDT', whole('1')),
      bad: frame('/spotMarket/level2Depth5:BTC-USDT', whole('x')),
      path: 'kucoin.level2Depth/data: kucoin.wholeBook/asks: Levels/0/0: DecimalText',
    },
    trades: {
      open: (exchange) => exchange.trades('BTC-USDT'),
      key: '/market/match:BTC-USDT',
      good: frame('/market/match:BTC-USDT', match('buy')),
      bad: frame('/market/match:BTC-USDT', match('bid')),
      path: 'kucoin.match/data: kucoin.trade/side: "buy" | "sell"',
    },
    quotes: {
      open: (exchange) => exchange.quotes('BTC-USDT'),
      key: '/market/ticker:BTC-USDT',
      good: frame('/market/ticker:BTC-USDT', ticker('1')),
      bad: frame('/market/ticker:BTC-USDT', ticker('x')),
      path: 'kucoin.ticker/data: kucoin.best/bestBid: LooseDecimal',
    },
    ticker: {
      open: (exchange) => exchange.ticker('BTC-USDT'),
      key: '/market/ticker:BTC-USDT',
      good: frame('/market/ticker:BTC-USDT', ticker('1')),
      bad: frame('/market/ticker:BTC-USDT', { ...ticker('1'), time: 'x' }),
      path: 'kucoin.ticker/data: kucoin.best/time: Millis',
    },
    candles: {
      open: (exchange) => exchange.candles('BTC-USDT', '1min'),
      key: '/market/candles:BTC-USDT_1min',
      good: frame('/market/candles:BTC-USDT_1min', candle('1')),
      bad: frame('/market/candles:BTC-USDT_1min', candle('x')),
      path: 'kucoin.candles/data: kucoin.candle/candles: kucoin.row/close: DecimalText',
    },
  },
  read: (text): Said => {
    const {
      id,
      type,
      topic = '',
    } = JSON.parse(text) as {
      readonly id: string;
      readonly type: string;
      readonly topic?: string;
    };
    const [kind = '', of = ''] = topic.split(':');
    const op = type === 'subscribe' || type === 'unsubscribe' ? type : 'other';
    return { op, id, keys: of === '' ? [] : of.split(',').map((one) => `${kind}:${one}`) };
  },
  accept: ({ id }) => [JSON.stringify({ id, type: 'ack' })],
  ended: ({ id }) => [JSON.stringify({ id, type: 'ack' })],
  refuse: ({ id }) => JSON.stringify({ id, type: 'error', code: 404, data: 'topic is not found' }),
  nth: (exchange, n) => exchange.trades(`A${n}-USDT`),
  limits: {
    topicsPerRequest: 100,
    requestBytes: 8_192,
    channelsPerWire: 300,
    messages: { limit: 100, window: 10_000 },
    connections: { limit: 30, window: 60_000 },
    counted: ['messages', 'connections'],
  },
  silentWithin: 41_000,
  page: {
    file: 'kucoin.md',
    opens: (exchange, text) => {
      const { type, topic = '' } = JSON.parse(text) as { readonly type?: string; readonly topic?: string };
      if (type === 'ack' || type === 'welcome' || type === 'pong' || type === 'error') return 'session';
      if (type !== 'message') return 'none';
      const [kind, of = ''] = topic.split(':');
      if (kind === '/market/level2') return exchange.book(of);
      if (kind === '/market/match') return exchange.trades(of);
      if (kind === '/market/ticker') return exchange.quotes(of);
      if (kind !== '/market/candles') return 'none';
      const [symbol = '', interval] = of.split('_');
      return exchange.candles(symbol, interval as KucoinInterval);
    },
    least: 13,
  },
};
