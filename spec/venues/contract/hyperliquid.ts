import {
  hyperliquid,
  type HyperliquidExchange,
  type HyperliquidInterval,
} from '../../../lib/venues/hyperliquid/index.js';
import type { Said, VenueUnderTest } from './venueUnderTest.js';

type Fields = Readonly<Record<string, string | boolean>>;
const frame = (channel: string, data: unknown): string => JSON.stringify({ channel, data });
const book = (px: string) => ({ coin: 'BTC', time: 1, levels: [[{ px, sz: '1', n: 1 }], []] });
const trade = (side: string) => ({ coin: 'BTC', side, px: '1', sz: '1', time: 1, hash: '0x', tid: 1 });
const quote = (px: string) => ({ coin: 'BTC', time: 1, bbo: [{ px, sz: '1', n: 1 }, null] });
const candle = (c: string) => ({ t: 1, T: 2, s: 'BTC', i: '1m', o: '1', h: '1', l: '1', c, v: '1', n: 1 });
const keyOf = ({ type, coin, interval, dex, fast }: Fields): string =>
  [type, coin, interval, dex, fast && 'fast'].filter((part) => part !== undefined).join(',');
const asked = new Map<string, Fields>();

export const hyperliquidUnderTest: VenueUnderTest<HyperliquidExchange> = {
  name: 'hyperliquid',
  make: hyperliquid,
  depth: (exchange) => exchange.depth('BTC'),
  channels: {
    book: {
      open: (exchange) => exchange.book('BTC'),
      key: 'l2Book,BTC',
      good: frame('l2Book', book('1')),
      bad: frame('l2Book', book('x')),
      path: 'hyperliquid.l2Book/levels: [LevelRecords, LevelRecords]/0: LevelRecords/0: Level/px: LooseDecimal',
    },
    'a fast book': {
      open: (exchange) => exchange.book('BTC', { fast: true }),
      key: 'l2Book,BTC,fast',
      isPeriodic: true,
      good: frame('l2Book', { ...book('1'), fast: true }),
      bad: frame('l2Book', { ...book('x'), fast: true }),
      path: 'hyperliquid.l2Book/levels: [LevelRecords, LevelRecords]/0: LevelRecords/0: Level/px: LooseDecimal',
    },
    trades: {
      open: (exchange) => exchange.trades('BTC'),
      key: 'trades,BTC',
      // The first frame tells of before.
      good: `${frame('trades', [trade('B')])}\n${frame('trades', [trade('A')])}`,
      bad: frame('trades', [trade('buy')]),
      path: 'hyperliquid.trades/0: hyperliquid.trade/side: "A" | "B"',
    },
    recentTrades: {
      open: (exchange) => exchange.recentTrades('BTC'),
      key: 'trades,BTC',
      good: frame('trades', [trade('B')]),
      bad: frame('trades', [trade('buy')]),
      path: 'hyperliquid.trades/0: hyperliquid.trade/side: "A" | "B"',
    },
    quotes: {
      open: (exchange) => exchange.quotes('BTC'),
      key: 'bbo,BTC',
      good: frame('bbo', quote('1')),
      bad: frame('bbo', { ...quote('1'), time: 'x' }),
      path: 'hyperliquid.bbo/time: Millis',
    },
    candles: {
      open: (exchange) => exchange.candles('BTC', '1m'),
      key: 'candle,BTC,1m',
      good: frame('candle', candle('1')),
      bad: frame('candle', candle('x')),
      path: 'hyperliquid.candle/c: DecimalText',
    },
    mids: {
      open: (exchange) => exchange.mids(),
      key: 'allMids',
      good: frame('allMids', { mids: { BTC: '1' } }),
      bad: frame('allMids', { mids: { BTC: 'x' } }),
      path: 'hyperliquid.allMids/mids: { [K in string]: DecimalText }/BTC: DecimalText',
    },
  },
  read: (text): Said => {
    const { method, subscription = {} } = JSON.parse(text) as {
      readonly method: string;
      readonly subscription?: Fields;
    };
    if (method !== 'subscribe' && method !== 'unsubscribe') return { op: 'other', keys: [] };
    const key = keyOf(subscription);
    asked.set(key, subscription);
    return { op: method, id: key, keys: [key] };
  },
  accept: ({ op, keys }) =>
    keys.map((key) =>
      frame('subscriptionResponse', { method: op, subscription: { nSigFigs: null, fast: false, ...asked.get(key) } }),
    ),
  ended: ({ keys }) =>
    keys.map((key) => frame('subscriptionResponse', { method: 'unsubscribe', subscription: asked.get(key) })),
  refuse: (_, key) => frame('error', `Invalid subscription ${JSON.stringify(asked.get(key))}`),
  nth: (exchange, n) => exchange.trades(`A${n}`),
  limits: {
    topicsPerRequest: 1,
    requestBytes: 1_024,
    channelsPerWire: 1_000,
    together: { limit: 2_000, window: 60_000 },
    connections: { limit: 30, window: 60_000 },
    counted: ['together', 'connections'],
  },
  silentWithin: 51_000,
  page: {
    file: 'hyperliquid.md',
    // Of some books it shows the data alone.
    told: (text) => {
      const data = JSON.parse(text) as object;
      return 'levels' in data ? frame('l2Book', data) : text;
    },
    opens: (exchange, text) => {
      const { channel, data } = JSON.parse(text) as { readonly channel?: string; readonly data?: unknown };
      const {
        coin = '',
        s = '',
        i,
        dex,
        fast,
      } = (Array.isArray(data) ? data[0] : Object(data)) as Readonly<Record<string, string>> & {
        readonly fast?: boolean;
      };
      if (channel === 'l2Book') return exchange.book(coin, { fast: fast === true });
      if (channel === 'trades') return exchange.trades(coin);
      if (channel === 'bbo') return exchange.quotes(coin);
      if (channel === 'candle') return exchange.candles(s, i as HyperliquidInterval);
      if (channel === 'allMids') return exchange.mids(dex);
      return channel === 'subscriptionResponse' || channel === 'pong' || channel === 'error' ? 'session' : 'none';
    },
    least: 10,
  },
};
