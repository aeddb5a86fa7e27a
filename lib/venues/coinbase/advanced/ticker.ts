import { levelOf } from '../../../book/level.js';
import { timeIfAny } from '../../../codec/isoTime.js';
import { numbersOf } from '../../../codec/numbersOf.js';
import { reader } from '../../../codec/read.js';
import type { Quote } from '../../../model/quote.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { TickerEvent, type TickerRow } from './frames.js';

/** Statistics of the last 24 hours and 52 weeks. The venue tells no opening price. */
export interface CoinbaseTicker {
  readonly instrument: string;
  readonly last: number;
  readonly high: number;
  readonly low: number;
  /** Sum of sizes over 24 hours, in base units. */
  readonly volume: number;
  /** By how much the price has changed in 24 hours, in per cent. */
  readonly changePercent: number;
  readonly yearHigh: number;
  readonly yearLow: number;
  readonly exact: Readonly<
    Record<'last' | 'high' | 'low' | 'volume' | 'changePercent' | 'yearHigh' | 'yearLow', string>
  >;
  readonly venueTime?: number | undefined;
  readonly receivedTime: number;
}

/** What one message says of a product. */
export interface TickerNews {
  readonly ticker: CoinbaseTicker;
  readonly quote: Quote;
}

/** With each trade, and whenever the best prices change. */
export const tickerChannel = (product: string): ChannelSpec<readonly TickerNews[]> =>
  channelOf(
    'market',
    'ticker',
    product,
    reader(TickerEvent, ({ tickers, timestamp }, at) =>
      tickers.map((row) => ({ ticker: tickerOf(row, timestamp, at), quote: quoteOf(row, timestamp, at) })),
    ),
  );

function tickerOf(row: TickerRow, timestamp: number | undefined, at: number): CoinbaseTicker {
  const exact = {
    last: row.price,
    high: row.high_24_h,
    low: row.low_24_h,
    volume: row.volume_24_h,
    changePercent: row.price_percent_chg_24_h,
    yearHigh: row.high_52_w,
    yearLow: row.low_52_w,
  };
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
