import { bitstamp, type BitstampExchange } from '../../../lib/venues/bitstamp/index.js';
import type { Said, VenueUnderTest } from './venueUnderTest.js';

const told = (channel: string, event: string, data: unknown): string => JSON.stringify({ data, channel, event });
const book = (price: string, ...more: readonly string[]) => ({
  timestamp: '1',
  microtimestamp: '1641343691244908',
  bids: [[price, '1', ...more]],
  asks: [],
});
const trade = (type: number) => ({ id: 1, price_str: '1', amount_str: '1', type, microtimestamp: '1' });
const order = (price: string) => ({
  id_str: '1',
  order_type: 0,
  price_str: price,
  amount_str: '1',
  microtimestamp: '1',
});

export const bitstampUnderTest: VenueUnderTest<BitstampExchange> = {
  name: 'bitstamp',
  make: bitstamp,
  depth: (exchange) => exchange.depth('btcusd'),
  channels: {
    book: {
      open: (exchange) => exchange.book('btcusd'),
      key: 'diff_order_book_btcusd',
      good: told('diff_order_book_btcusd', 'data', book('1')),
      bad: told('diff_order_book_btcusd', 'data', book('x')),
      path: 'bitstamp.book/data: bitstamp.levels/bids: Levels/0/0: DecimalText',
    },
    'a book of 100 levels': {
      open: (exchange) => exchange.depth('btcusd', { depth: 100 }),
      key: 'order_book_btcusd',
      good: told('order_book_btcusd', 'data', book('1')),
      bad: told('order_book_btcusd', 'data', book('x')),
      path: 'bitstamp.book/data: bitstamp.levels/bids: Levels/0/0: DecimalText',
    },
    bookByOrder: {
      open: (exchange) => exchange.bookByOrder('btcusd'),
      key: 'live_orders_btcusd',
      good: told('live_orders_btcusd', 'order_created', order('1')),
      bad: told('live_orders_btcusd', 'order_created', order('x')),
      path: 'bitstamp.order/data: bitstamp.liveOrder/price_str: DecimalText',
    },
    'a book of the best orders': {
      open: (exchange) => exchange.bookByOrder('btcusd', { depth: 100 }),
      key: 'detail_order_book_btcusd',
      good: told('detail_order_book_btcusd', 'data', book('1', '7')),
      bad: told('detail_order_book_btcusd', 'data', book('x', '7')),
      path: 'bitstamp.orders/data: bitstamp.bestOrders/bids: Array<bitstamp.order>/0: bitstamp.order/price: DecimalText',
    },
    trades: {
      open: (exchange) => exchange.trades('btcusd'),
      key: 'live_trades_btcusd',
      good: told('live_trades_btcusd', 'trade', trade(1)),
      bad: told('live_trades_btcusd', 'trade', trade(2)),
      path: 'bitstamp.trade/data: bitstamp.liveTrade/type: Side',
    },
    orders: {
      open: (exchange) => exchange.orders('btcusd'),
      key: 'live_orders_btcusd',
      good: told('live_orders_btcusd', 'order_deleted', order('1')),
      bad: told('live_orders_btcusd', 'order_deleted', order('x')),
      path: 'bitstamp.order/data: bitstamp.liveOrder/price_str: DecimalText',
    },
  },
  read: (text): Said => {
    const { event, data } = JSON.parse(text) as {
      readonly event: string;
      readonly data?: { readonly channel: string };
    };
    const op = event === 'bts:subscribe' ? 'subscribe' : event === 'bts:unsubscribe' ? 'unsubscribe' : 'other';
    const keys = data === undefined ? [] : [data.channel];
    // No request has an id; it is known by its channel.
    return { op, keys, id: keys[0] };
  },
  accept: ({ keys: [channel] }) => [told(channel ?? '', 'bts:subscription_succeeded', {})],
  ended: ({ keys: [channel] }) => [told(channel ?? '', 'bts:unsubscription_succeeded', {})],
  refuse: (_, key) => told(key, 'bts:error', { code: 4_009, message: 'Bad subscription string.' }),
  nth: (exchange, n) => exchange.trades(`a${n}usd`),
  limits: {
    topicsPerRequest: 1,
    requestBytes: 1_024,
    channelsPerWire: 100,
    many: 400,
    // What the venue allows is told nowhere: these are the library's own bounds.
    messages: { limit: 50, window: 1_000 },
    connections: { limit: Infinity, window: 1 },
    counted: [],
  },
  silentWithin: 29_000,
  page: {
    file: 'bitstamp.md',
    opens: (exchange, text) => {
      const { event = '', channel = '' } = JSON.parse(text) as { readonly event?: string; readonly channel?: string };
      const [, kind, pair = ''] = /^([a-z_]+)_([a-z0-9]+)$/.exec(channel) ?? [];
      if (event === 'bts:subscribe' || event === 'bts:unsubscribe') return 'none';
      if (event.startsWith('bts:')) return 'session';
      if (kind === 'diff_order_book') return exchange.book(pair);
      if (kind === 'live_trades') return exchange.trades(pair);
      return kind === 'live_orders' ? exchange.bookByOrder(pair) : 'none';
    },
    least: 15,
  },
};
