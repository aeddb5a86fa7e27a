import type { Observable } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import type { Listing } from '../../feed/instruments.js';
import type { CandleOptions } from '../../feed/joinCandles.js';
import type { BookByOrder } from '../../model/bookByOrder.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Candle } from '../../model/candle.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { Trade } from '../../model/trade.js';
import type { BitfinexInterval } from './candles.js';
import type { BitfinexDepth, BitfinexFrequency, BitfinexPrecision } from './depth.js';

/** How one book of Bitfinex is had, and what silence means. */
export interface BitfinexBookOptions {
  /** To how many digits prices are put together: 5 (`P0`) to 1 (`P4`). Default: `P0`. */
  readonly precision?: BitfinexPrecision;
  /** Each change by itself (`F0`), or what changed in two seconds (`F1`). Default: `F0`. */
  readonly frequency?: BitfinexFrequency;
  /** Levels a side: 1, 25, 100 or 250. Default: 100. */
  readonly depth?: BitfinexDepth;
  /**
   * A live book without any message for so many ms goes stale until the next. Default: never; without one for 45,000 ms its channel
   * has stalled, since a quiet one says `hb` every 15 s, and is subscribed anew in any case.
   */
  readonly silentAfter?: number;
}

/** How one book by order is had. */
export type BitfinexBookByOrderOptions = Omit<BitfinexBookOptions, 'precision' | 'depth'> & {
  /** Orders a side: 1, 25, 100 or 250. Of the last level some may be missing. Default: 100. */
  readonly depth?: BitfinexDepth;
};

/**
 * Bitfinex's market data of trading pairs and perpetuals. Symbols as the venue writes them: `tBTCUSD`, `tDOGE:USD`,
 * `tBTCF0:USTF0`. Sizes in base units.
 */
export interface BitfinexExchange extends Exchange, Listing {
  /**
   * The live order book: the snapshot in the stream, then changes level by level. All lists of a connection are numbered,
   * and a book is held to the venue's checksums; mended by subscribing anew. Late observers get the present state at once.
   *
   * @throws (on the stream) SubscriptionRefusedError where there is no such symbol.
   */
  book(symbol: string, options?: BitfinexBookOptions): Observable<BookState>;
  /** The events that make the same book, lossless: `reset`, `snapshot`, then diffs without a gap. */
  depth(symbol: string, options?: BitfinexBookOptions): Observable<DepthEvent>;
  /**
   * The live book of the best orders (`R0`): each level with the orders behind it, the earlier id first. Numbers, checksums and
   * mending are those of the book. Late observers get the present state at once.
   */
  bookByOrder(symbol: string, options?: BitfinexBookByOrderOptions): Observable<BookState<BookByOrder>>;
  /** Trades as they happen, each once. */
  trades(symbol: string): Observable<Trade>;
  /** Some 30 trades from before the subscription, the oldest first; again with each new session. */
  recentTrades(symbol: string): Observable<Trade>;
  /** Best bid and ask, by the channel of `ticker`. Late observers get the latest. */
  quotes(symbol: string): Observable<Quote>;
  /**
   * The last candles, closed, and then the present one as it grows; `closed` when the next one begins. Volume in base units.
   * Late observers get the latest.
   */
  candles(symbol: string, interval: BitfinexInterval, options?: CandleOptions): Observable<Candle>;
  /** Statistics of the last 24 hours. Volume in base units. Late observers get the latest. */
  ticker(symbol: string): Observable<Ticker>;
  /** What the running book of a symbol has counted since it began; absent where none runs. */
  tally(symbol: string): BookTally | undefined;
  /** Has the book of a symbol mended by hand, or every book. It is stale until it is. */
  resync(symbol?: string): void;
}
