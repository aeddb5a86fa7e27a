import { levelOf } from '../../../codec/levelOf.js';
import { timeIfAny } from '../../../codec/isoTime.js';
import { numbersOf } from '../../../codec/numbersOf.js';
import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import type { Quote } from '../../../model/quote.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { TickerEvent, type TickerRow } from './frames.js';

/** Statistics of the last 24 hours and 52 weeks. The venue tells no opening price. */
export interface CoinbaseTicker {
  readonly instrument: string;
  /** The price of the last trade, in quote units. */
  readonly last: number;
  /** Of 24 hours; so is `low`. */
  readonly high: number;
  readonly low: number;
  /** Sum of sizes over 24 hours, in base units. */
  readonly volume: number;
  /** By how much the price has changed in 24 hours, in per cent. */
  readonly changePercent: number;
  /** Of 52 weeks; so is `yearLow`. */
  readonly yearHigh: number;
  readonly yearLow: number;
  readonly exact: Readonly<
    Record<'last' | 'high' | 'low' | 'volume' | 'changePercent' | 'yearHigh' | 'yearLow', string>
  >;
  /** In ms. */
  readonly venueTime?: number | undefined;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}

/** What one message says of a product. */
export interface TickerNews {
  /** Absent where a figure of it is missing. */
  readonly ticker: CoinbaseTicker | undefined;
  readonly quote: Quote;
}

const figures = ['volume_24_h', 'low_24_h', 'high_24_h', 'low_52_w', 'high_52_w', 'price_percent_chg_24_h'] as const;
/** What may be missing: a product, its figures, the time. */
const EXTRAS = ['timestamp', 'tickers.*', ...figures.map((figure) => `tickers.*.${figure}`)];

/** With each trade, and whenever the best prices change. */
export const tickerChannel = (product: string, report: Report): ChannelSpec<readonly TickerNews[]> =>
  channelOf(
    'market',
    'ticker',
    product,
    sparingReader(TickerEvent, EXTRAS, leftOutOf(`ticker:${product}`, report), ({ tickers, timestamp }, at) =>
      tickers.map((row) => ({ ticker: tickerOf(row, timestamp, at), quote: quoteOf(row, timestamp, at) })),
    ),
  );

function tickerOf(row: TickerRow, timestamp: number | undefined, at: number): CoinbaseTicker | undefined {
  const { price: last, high_24_h: high, low_24_h: low, volume_24_h: volume } = row;
  const { price_percent_chg_24_h: changePercent, high_52_w: yearHigh, low_52_w: yearLow } = row;
  if (high === undefined || low === undefined || volume === undefined) return undefined;
  if (changePercent === undefined || yearHigh === undefined || yearLow === undefined) return undefined;
  const exact = { last, high, low, volume, changePercent, yearHigh, yearLow };
  return {
    instrument: row.product_id,
    ...numbersOf(exact),
    exact,
    venueTime: timeIfAny(timestamp),
    receivedTime: at,
  };
}

const quoteOf = (row: TickerRow, timestamp: number | undefined, at: number): Quote => ({
  instrument: row.product_id,
  bid: levelIfAny(row.best_bid, row.best_bid_quantity),
  ask: levelIfAny(row.best_ask, row.best_ask_quantity),
  venueTime: timeIfAny(timestamp),
  receivedTime: at,
});

/** An empty side is told as zeros, or not at all. */
const levelIfAny = (price: string | undefined, size: string | undefined) =>
  price === undefined || size === undefined || Number(price) === 0 ? undefined : levelOf(price, size);
