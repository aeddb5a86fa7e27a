import { okx, type OkxExchange, type OkxInterval } from '../../../lib/venues/okx/index.js';
import type { Said, VenueUnderTest } from './venueUnderTest.js';

interface Arg {
  readonly channel: string;
  readonly instId: string;
}

const frame = (channel: string, row: unknown, more: object = {}): string =>
  JSON.stringify({ arg: { channel, instId: 'BTC-USDT' }, ...more, data: [row] });
const sides = (price: string) => ({ asks: [[price, '1', '0', '1']], bids: [], ts: '1', seqId: 5 });
const trade = (side: string) => ({ instId: 'BTC-USDT', tradeId: '1', px: '1', sz: '1', side, ts: '1' });
const candle = (close: string): readonly string[] => ['1', '1', '1', '1', close, '1', '1', '1', '0'];
const ticker = (last: string) => ({
  instType: 'SPOT',
  instId: 'BTC-USDT',
  last,
  open24h: '1',
  high24h: '1',
  low24h: '1',
  vol24h: '1',
  volCcy24h: '1',
  ts: '1',
});

export const okxUnderTest: VenueUnderTest<OkxExchange> = {
  name: 'okx',
  make: okx,
  depth: (exchange) => exchange.depth('BTC-USDT'),
  channels: {
    book: {
      open: (exchange) => exchange.book('BTC-USDT'),
      key: 'books:BTC-USDT',
      good: frame('books', sides('1'), { action: 'snapshot' }),
      bad: frame('books', sides('x'), { action: 'snapshot' }),
      path: 'okx.books/data: Array<okx.numberedOrChecked>/0: okx.numberedOrChecked/asks: Levels/0/0: DecimalText',
    },
    'a book of five levels': {
      open: (exchange) => exchange.depth('BTC-USDT', { channel: 'books5' }),
      key: 'books5:BTC-USDT',
      good: frame('books5', sides('1')),
      bad: frame('books5', sides('x')),
      path: 'okx.books5/data: Array<okx.wholeBook>/0: okx.wholeBook/asks: Levels/0/0: DecimalText',
    },
    trades: {
      open: (exchange) => exchange.trades('BTC-USDT'),
      key: 'trades:BTC-USDT',
      good: frame('trades', trade('buy')),
      bad: frame('trades', trade('bid')),
      path: 'okx.trades/data: Array<okx.trade>/0: okx.trade/side: "buy" | "sell"',
    },
    fills: {
      open: (exchange) => exchange.fills('BTC-USDT'),
      key: 'trades-all:BTC-USDT',
      good: frame('trades-all', trade('buy')),
      bad: frame('trades-all', trade('bid')),
      path: 'okx.trades/data: Array<okx.trade>/0: okx.trade/side: "buy" | "sell"',
    },
    quotes: {
      open: (exchange) => exchange.quotes('BTC-USDT'),
      key: 'bbo-tbt:BTC-USDT',
      good: frame('bbo-tbt', sides('1')),
      bad: frame('bbo-tbt', sides('x')),
      path: 'okx.books5/data: Array<okx.wholeBook>/0: okx.wholeBook/asks: Levels/0/0: DecimalText',
    },
    candles: {
      open: (exchange) => exchange.candles('BTC-USDT', '1m'),
      key: 'candle1m:BTC-USDT',
      good: frame('candle1m', candle('1')),
      bad: frame('candle1m', candle('x')),
      path: 'okx.candles/data: Array<okx.candle>/0: okx.candle/c: DecimalText',
    },
    ticker: {
      open: (exchange) => exchange.ticker('BTC-USDT'),
      key: 'tickers:BTC-USDT',
      good: frame('tickers', ticker('1')),
      bad: frame('tickers', ticker('x')),
      path: 'okx.tickers/data: Array<okx.ticker>/0: okx.ticker/last: DecimalOrNone',
    },
  },
  read: (text): Said => {
    if (text === 'ping') return { op: 'other', keys: [] };
    const { op, args, id } = JSON.parse(text) as {
      readonly op: Said['op'];
      readonly args: readonly Arg[];
      readonly id: string;
    };
    return { op, id, keys: args.map(({ channel, instId }) => `${channel}:${instId}`) };
  },
  accept: ({ id, keys }) => keys.map((key) => JSON.stringify({ id, event: 'subscribe', arg: argOf(key), connId: '1' })),
  ended: ({ id, keys }) =>
    keys.map((key) => JSON.stringify({ id, event: 'unsubscribe', arg: argOf(key), connId: '1' })),
  refuse: ({ id }, key) => {
    const { channel, instId } = argOf(key);
    const msg = `Wrong URL or channel:${channel},instId:${instId} doesn't exist.`;
    return JSON.stringify({ id, event: 'error', code: '60018', msg, connId: '1' });
  },
  nth: (exchange, n) => exchange.book(`A${n}-USDT`),
  limits: {
    topicsPerRequest: 1_000,
    requestBytes: 65_536,
    channelsPerWire: 29,
    requests: { limit: 480, window: 3_600_000 },
    connections: { limit: 3, window: 1_000 },
    counted: ['requests', 'connections'],
  },
  silentWithin: 30_000,
  page: {
    file: 'okx.md',
    opens: (exchange, text) => {
      const { arg, op, event } = JSON.parse(text) as {
        readonly arg?: Arg;
        readonly op?: string;
        readonly event?: string;
      };
      if (op !== undefined) return 'none';
      if (event !== undefined) return 'session';
      if (arg === undefined) return 'none';
      const { channel, instId } = arg;
      const interval = /^candle(\w+)$/.exec(channel)?.[1];
      if (interval !== undefined) return exchange.candles(instId, interval as OkxInterval);
      if (channel === 'trades') return exchange.trades(instId);
      if (channel === 'tickers') return exchange.ticker(instId);
      return exchange.book(instId, { channel: channel as 'books' });
    },
    least: 19,
  },
};

function argOf(key: string): Arg {
  const [channel = '', instId = ''] = key.split(':');
  return { channel, instId };
}
