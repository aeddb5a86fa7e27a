import { bitfinex, type BitfinexExchange } from '../../../lib/venues/bitfinex/index.js';
import type { Said, VenueUnderTest } from './venueUnderTest.js';

type Fields = Readonly<Record<string, string>>;
const BOOK = { channel: 'book', symbol: 'tBTCUSD', prec: 'P0', freq: 'F0', len: '100' };
const BY_ORDER = { ...BOOK, prec: 'R0' };
const TRADES = { channel: 'trades', symbol: 'tBTCUSD' };
const TICKER = { channel: 'ticker', symbol: 'tBTCUSD' };
const CANDLES = { channel: 'candles', key: 'trade:1m:tBTCUSD' };

const keyOf = ({ channel, symbol, key, prec, freq, len }: Fields): string =>
  [channel, symbol ?? key, prec, freq, len].filter((part) => part !== undefined).join(':');
/** Numbers of channels, by their keys, as this venue gives them. */
const numbers = new Map<string, number>();
function numberOf(key: string): number {
  const number = numbers.get(key) ?? numbers.size + 1;
  numbers.set(key, number);
  return number;
}

const answer = (fields: Fields, subId?: string): string =>
  JSON.stringify({ event: 'subscribed', ...fields, chanId: numberOf(keyOf(fields)), subId });
/** The answer, so that the number is known, and data. */
const told = (fields: Fields, ...data: readonly unknown[]): string =>
  `${answer(fields)}\n${JSON.stringify([numberOf(keyOf(fields)), ...data])}`;

/** Which channel a frame of the page is of, by its shape; of none it shows the number's answer. */
function fieldsOf(frame: unknown): Fields | undefined {
  if (!Array.isArray(frame) || typeof frame[0] !== 'number') return undefined;
  const payload: unknown = frame[1];
  if (payload === 'te' || payload === 'tu') return TRADES;
  const row: unknown = Array.isArray(payload) && Array.isArray(payload[0]) ? payload[0] : payload;
  if (!Array.isArray(row)) return undefined;
  if (row.length >= 10) return TICKER;
  return row.length === 3 ? BOOK : row.length === 4 ? TRADES : undefined;
}

const asked = new Map<string, Fields>();

export const bitfinexUnderTest: VenueUnderTest<BitfinexExchange> = {
  name: 'bitfinex',
  make: bitfinex,
  greeting: ['{"event":"info","version":2,"serverId":"083bd8d4","platform":{"status":1}}'],
  depth: (exchange) => exchange.depth('tBTCUSD'),
  channels: {
    book: {
      open: (exchange) => exchange.book('tBTCUSD'),
      key: keyOf(BOOK),
      good: told(BOOK, [[1, 1, 1]], 1),
      bad: told(BOOK, [['1', 1, 1]], 1),
      path: 'bitfinex.book/data: Array<bitfinex.level>/0: bitfinex.level/0: JsonNumber',
    },
    bookByOrder: {
      open: (exchange) => exchange.bookByOrder('tBTCUSD'),
      key: keyOf(BY_ORDER),
      good: told(BY_ORDER, [[1, 1, 1]], 1),
      bad: told(BY_ORDER, [[1, '1', 1]], 1),
      path: 'bitfinex.orders/data: Array<bitfinex.order>/0: bitfinex.order/price: JsonNumber',
    },
    trades: {
      open: (exchange) => exchange.trades('tBTCUSD'),
      key: keyOf(TRADES),
      good: told(TRADES, 'te', [1, 1, 1, 1], 1),
      bad: told(TRADES, 'te', [1, 1, 'x', 1], 1),
      path: 'bitfinex.tradeExecuted/data: bitfinex.trade/amount: LooseDecimal',
    },
    recentTrades: {
      open: (exchange) => exchange.recentTrades('tBTCUSD'),
      key: keyOf(TRADES),
      good: told(TRADES, [[1, 1, 1, 1]], 1),
      bad: told(TRADES, [[1, 1, 'x', 1]], 1),
      path: 'bitfinex.trades/data: Array<bitfinex.trade>/0: bitfinex.trade/amount: LooseDecimal',
    },
    quotes: {
      open: (exchange) => exchange.quotes('tBTCUSD'),
      key: keyOf(TICKER),
      good: told(TICKER, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 1),
      bad: told(TICKER, ['x', 1, 1, 1, 1, 1, 1, 1, 1, 1], 1),
      path: 'bitfinex.ticker/data: bitfinex.figures/bid: LooseDecimal',
    },
    ticker: {
      open: (exchange) => exchange.ticker('tBTCUSD'),
      key: keyOf(TICKER),
      good: told(TICKER, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 1),
      bad: told(TICKER, [1, 1, 1, 'x', 1, 1, 1, 1, 1, 1], 1),
      path: 'bitfinex.ticker/data: bitfinex.figures/askSize: LooseDecimal',
    },
    candles: {
      open: (exchange) => exchange.candles('tBTCUSD', '1m'),
      key: keyOf(CANDLES),
      good: told(CANDLES, [1, 1, 1, 1, 1, 1], 1),
      bad: told(CANDLES, [1, 1, 'x', 1, 1, 1], 1),
      path: 'bitfinex.candleUpdate/data: bitfinex.candle/close: LooseDecimal',
    },
  },
  read: (text): Said => {
    const { event, chanId, subId, ...fields } = JSON.parse(text) as Fields;
    if (event === 'unsubscribe') {
      const [key = ''] = [...numbers].find(([, number]) => `${number}` === `${chanId}`) ?? [];
      return { op: 'unsubscribe', keys: [key] };
    }
    if (event !== 'subscribe') return { op: 'other', keys: [] };
    asked.set(keyOf(fields), fields);
    return { op: 'subscribe', id: subId, keys: [keyOf(fields)] };
  },
  accept: ({ id, keys }) => keys.map((key) => answer(asked.get(key) ?? {}, id)),
  ended: (_, text) => {
    const { chanId } = JSON.parse(text) as { readonly chanId: number };
    return [JSON.stringify({ event: 'unsubscribed', status: 'OK', chanId })];
  },
  refuse: ({ id }, key) =>
    JSON.stringify({ event: 'error', msg: 'symbol: invalid', code: 10_300, ...asked.get(key), subId: id }),
  nth: (exchange, n) => exchange.trades(`tA${n}USD`),
  limits: {
    topicsPerRequest: 1,
    requestBytes: 4_096,
    channelsPerWire: 25,
    many: 400,
    connections: { limit: 20, window: 60_000 },
    counted: ['connections'],
  },
  silentWithin: 36_000,
  page: {
    file: 'bitfinex.md',
    // Behind the answer that gives its channel its number.
    told: (text) => {
      const frame: unknown = JSON.parse(text);
      const fields = fieldsOf(frame);
      if (fields === undefined) return text;
      const [chanId] = frame as readonly unknown[];
      return `${JSON.stringify({ event: 'subscribed', ...fields, chanId })}\n${text}`;
    },
    opens: (exchange, text) => {
      const frame: unknown = JSON.parse(text.split('\n').at(-1) ?? '');
      const channel = fieldsOf(frame)?.['channel'];
      if (channel === 'ticker') return exchange.ticker('tBTCUSD');
      if (channel === 'trades') return exchange.trades('tBTCUSD');
      if (channel === 'book') return exchange.book('tBTCUSD');
      if (Array.isArray(frame)) return frame.length > 1 && typeof frame[0] === 'number' ? 'session' : 'none';
      const { event, chanId, cid, flags } = frame as Fields;
      if (event === 'ping' || event === 'unsubscribe' || event === 'error') return 'none';
      if (event === 'conf') return text.includes('status') ? 'session' : 'none';
      return event === 'subscribe' ? 'none' : [event, chanId, cid, flags].some(Boolean) ? 'session' : 'none';
    },
    least: 20,
  },
};
