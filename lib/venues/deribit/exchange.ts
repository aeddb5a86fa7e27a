import type { Observable } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import type { Listing } from '../../feed/instruments.js';
import type { CandleOptions } from '../../feed/joinCandles.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Candle } from '../../model/candle.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { Quote } from '../../model/quote.js';
import type { DeribitResolution } from './candles.js';
import type { DeribitInterval, DeribitView } from './depth.js';
import type { DeribitTicker } from './ticker.js';
import type { DeribitKind, DeribitTrade } from './trades.js';

/** How one book of Deribit is had, and what silence means. */
export interface DeribitBookOptions extends DeribitView {
  /** A live book without any message for so many ms goes stale until the next. Quiet options do. Default: never. */
  readonly silentAfter?: number;
}

/** How often a channel comes. */
export interface DeribitPace {
  /** `raw` needs credentials. Default: `100ms`. */
  readonly interval?: DeribitInterval;
}

/**
 * Deribit's market data. Instruments by the venue's names, in their own case: `BTC-PERPETUAL`, `ETH_USDC-PERPETUAL`,
 * `BTC-24SEP21-8000-P`. Sizes of inverse perpetuals and futures are in USD, of options and all else in base units.
 */
export interface DeribitExchange extends Exchange, Listing {
  /**
   * The live order book: the snapshot in the stream, then diffs, each linked to the one before; mended by subscribing anew.
   * With `depth` its best levels, whole in each message. Late observers get the present state at once.
   *
   * @throws (on the stream) SubscriptionRefusedError where there is no such instrument, or `raw` is not allowed.
   */
  book(instrument: string, options?: DeribitBookOptions): Observable<BookState>;
  /** The events that make the same book, lossless: `reset`, `snapshot`, then diffs without a gap. */
  depth(instrument: string, options?: DeribitBookOptions): Observable<DepthEvent>;
  /** Trades; a number that is left out is told as a `gap` fault. One of a combination is also told for each of its legs. */
  trades(instrument: string, options?: DeribitPace): Observable<DeribitTrade>;
  /** Trades of all instruments of a kind that have a currency in common; `any` stands for all of either. */
  allTrades(kind: DeribitKind, currency: string, options?: DeribitPace): Observable<DeribitTrade>;
  /** Best bid and ask, whenever they change. Late observers get the latest. */
  quotes(instrument: string): Observable<Quote>;
  /** The present candle as it grows; `closed` when the next one begins. Volume in base units. Late observers get the latest. */
  candles(instrument: string, resolution: DeribitResolution, options?: CandleOptions): Observable<Candle>;
  /** Prices, statistics of 24 hours, funding, greeks. Late observers get the latest. */
  ticker(instrument: string, options?: DeribitPace): Observable<DeribitTicker>;
  /** What the running book of an instrument has counted since it began; absent where none runs. */
  tally(instrument: string): BookTally | undefined;
  /** Has the book of an instrument mended by hand, or every book. It is stale until it is. */
  resync(instrument?: string): void;
}
