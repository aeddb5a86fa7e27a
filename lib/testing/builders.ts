import { levelOf } from '../book/level.js';
import { bookFrom, isCrossed } from '../book/orderBook.js';
import { check } from '../errors/checks.js';
import { checkText } from '../errors/optionRules.js';
import type { LiveBook, StaleBook, StaleReason, SyncingBook } from '../model/bookState.js';
import type { Candle } from '../model/candle.js';
import type { DepthDiff, DepthReset, DepthSnapshot } from '../model/depthEvent.js';
import type { OrderBook } from '../model/orderBook.js';
import type { PriceLevel } from '../model/priceLevel.js';
import type { Quote } from '../model/quote.js';
import type { Trade } from '../model/trade.js';
import { readSides, readTrade } from './marketWords.js';

/** A level as tests like to write it: `['101.50', '2']`, or a level. */
export type LevelLike = PriceLevel | readonly [price: string, size: string];

interface SidesLike {
  /** Best first is not required. Default: none. */
  readonly bids?: readonly LevelLike[];
  readonly asks?: readonly LevelLike[];
}

/** What may be told of a snapshot that a test builds; whatever is left out has a default. */
export type SnapshotFields = Partial<Omit<DepthSnapshot, 'type' | 'bids' | 'asks'>> & SidesLike;
/** What may be told of a diff that a test builds; whatever is left out has a default. */
export type DiffFields = Partial<Omit<DepthDiff, 'type' | 'bids' | 'asks'>> & SidesLike;
/** What may be told of a trade that a test builds; whatever is left out has a default. */
export type TradeFields = Partial<Omit<Trade, 'price' | 'size' | 'exact'>> & {
  readonly price?: string;
  readonly size?: string;
};
/** What may be told of a quote that a test builds; whatever is left out has a default. */
export type QuoteFields = Partial<Omit<Quote, 'bid' | 'ask'>> & { readonly bid?: LevelLike; readonly ask?: LevelLike };
type CandlePrices = 'open' | 'high' | 'low' | 'close' | 'volume';
/** What may be told of a candle that {@link candle} builds; whatever is left out has a default. */
export type CandleFields = Partial<Omit<Candle, CandlePrices | 'exact'>> & Partial<Record<CandlePrices, string>>;

const INSTRUMENT = 'BTCUSDT';
const common = { instrument: INSTRUMENT, receivedTime: 0 };

/** A level from its decimal texts. @throws InvalidArgumentError for what is none. */
export const level = (price: string, size: string): PriceLevel => {
  checkText('price', DECIMAL, 'a decimal text such as "99.5"', price);
  checkText('size', DECIMAL, 'a decimal text such as "1.5"', size);
  return levelOf(price, size);
};
const DECIMAL = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

const isText = (like: LevelLike): like is readonly [string, string] => Array.isArray(like);
const levelFrom = (like: LevelLike): PriceLevel => (isText(like) ? level(...like) : like);

/** Fields, or levels as {@link book} writes them. */
const written = <F extends SidesLike>(fields: F | string): F | SidesLike =>
  typeof fields === 'string' ? readSides(fields) : fields;

/**
 * A snapshot of BTCUSDT, empty and received at 0 unless told otherwise. Levels may be written short, as for {@link book}.
 */
export const snapshot = (of: SnapshotFields | string = {}): DepthSnapshot => {
  const { bids = [], asks = [], ...fields } = written(of);
  return { type: 'snapshot', ...common, ...fields, bids: bids.map(levelFrom), asks: asks.map(levelFrom) };
};

/** A diff of BTCUSDT that changes nothing unless told otherwise. Levels may be written short, as for {@link book}. */
export const diff = (of: DiffFields | string = {}): DepthDiff => {
  const { bids = [], asks = [], ...fields } = written(of);
  return { type: 'diff', ...common, ...fields, bids: bids.map(levelFrom), asks: asks.map(levelFrom) };
};

/** The mark of a depth stream that starts over. */
export const reset = (fields: Partial<Omit<DepthReset, 'type'>> = {}): DepthReset => ({
  type: 'reset',
  ...common,
  reason: 'gap',
  ...fields,
});

/**
 * A book, folded by the library's own code from a snapshot with these fields. Its levels may be written short, bids before
 * the bar and asks behind it, sizes of 1 left out: `book('99x5 98 | 101x4 102x9')`.
 */
export const book = (of: SnapshotFields | string = {}): OrderBook => bookFrom(snapshot(of));

/** The state before there is a book. */
export const syncingState: SyncingBook = { status: 'syncing' };

/**
 * A live state of a book.
 *
 * @throws InvalidArgumentError for a crossed one: the library says of none that it is live (`staleState` has reason `crossed`).
 */
export const liveState = (of: OrderBook | SnapshotFields | string = {}): LiveBook => {
  const live = asBook(of);
  const { bestBid, bestAsk } = live;
  const written = `${bestBid?.exact.price ?? ''} | ${bestAsk?.exact.price ?? ''}`;
  check('book', !isCrossed(live), 'a best bid below the best ask, as every live book has', written);
  return { status: 'live', book: live };
};

/** A stale state of a book, by a gap at 0 unless told otherwise. */
export const staleState = (
  of: OrderBook | SnapshotFields | string = {},
  { reason = 'gap', since = 0 }: { readonly reason?: StaleReason; readonly since?: number } = {},
): StaleBook => ({ status: 'stale', book: asBook(of), reason, since });

const asBook = (of: OrderBook | SnapshotFields | string): OrderBook =>
  typeof of !== 'string' && 'bestBid' in of ? of : book(of);

/** A trade: 1 BTCUSDT bought at 100, unless told otherwise. May be written short: `trade('sell 2x99.5')`. */
export const trade = (of: TradeFields | string = {}): Trade => {
  const { price = '100', size = '1', ...fields } = typeof of === 'string' ? readTrade(of) : of;
  return { ...common, id: '1', side: 'buy', venueTime: 0, ...fields, ...level(price, size) };
};

/** A quote; a side that isn't given is empty. */
export const quote = ({ bid, ask, ...fields }: QuoteFields = {}): Quote => ({
  ...common,
  ...fields,
  bid: bid && levelFrom(bid),
  ask: ask && levelFrom(ask),
});

/** A closed candle of one minute that stands at 100 all along, unless told otherwise. @throws InvalidArgumentError for a price that is none. */
export const candle = ({
  open = '100',
  close = open,
  high = Number(open) > Number(close) ? open : close,
  low = Number(open) < Number(close) ? open : close,
  volume = '1',
  ...fields
}: CandleFields = {}): Candle => {
  const exact = { open, high, low, close, volume };
  // Those that others are made of come first: of them it is told.
  for (const name of ['open', 'close', 'high', 'low', 'volume'] as const) {
    checkText(name, DECIMAL, 'a decimal text such as "99.5"', exact[name]);
  }
  const times = { openTime: 0, closeTime: (fields.openTime ?? 0) + 59_999 };
  return {
    ...common,
    interval: '1m',
    ...times,
    closed: true,
    ...fields,
    open: Number(open),
    high: Number(high),
    low: Number(low),
    close: Number(close),
    volume: Number(volume),
    exact,
  };
};
