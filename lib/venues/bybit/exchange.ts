import type { Observable } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import type { Listing } from '../../feed/instruments.js';
import type { CandleOptions } from '../../feed/joinCandles.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Candle } from '../../model/candle.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { Trade } from '../../model/trade.js';
import type { BybitInterval } from './candles.js';
import type { BybitDepth } from './depth.js';
import type { BybitCategory } from './endpoint.js';

/** How one book of Bybit is had, and what silence means. */
export interface BybitBookOptions {
  /** Levels a side, of those that the market has. Default: 50; of options 25. */
  readonly depth?: BybitDepth;
  /**
   * A live book without any message for so many ms goes stale until the next. Quiet symbols do, but for books of one level, which
   * are told every 3 s: without a message for 15,000 ms such a one has stalled and is subscribed anew in any case. Default: never.
   */
  readonly silentAfter?: number;
}

/** Bybit's market data of one category. Symbols in either case. Sizes of inverse contracts are in contracts of 1 USD. */
export interface BybitExchange extends Exchange, Listing {
  readonly category: BybitCategory;
  /**
   * The live order book: the snapshot in the stream, then diffs whose number is one more each time; mended by subscribing
   * anew. Late observers get the present state at once.
   *
   * @throws (on the stream) SubscriptionRefusedError where there is no such symbol.
   */
  book(symbol: string, options?: BybitBookOptions): Observable<BookState>;
  /** The events that make the same book, lossless: `reset`, `snapshot`, then diffs without a gap. */
  depth(symbol: string, options?: BybitBookOptions): Observable<DepthEvent>;
  /** Every trade by itself. Of options also those of all that have a base coin, by its name: `BTC`. */
  trades(symbol: string): Observable<Trade>;
  /** Best bid and ask: of the book of one level, of options that of 25. Late observers get the latest. */
  quotes(symbol: string): Observable<Quote>;
  /**
   * The present candle as it grows; `closed` once at its end. Volume in base units. Late observers get the latest. With `history`
   * as many before it, but of options.
   */
  candles(symbol: string, interval: BybitInterval, options?: CandleOptions): Observable<Candle>;
  /**
   * Statistics of the last 24 hours. Volume in base units. Late observers get the latest.
   *
   * @throws InvalidArgumentError (at the call) for options, of which the venue tells no opening price.
   */
  ticker(symbol: string): Observable<Ticker>;
  /** What the running book of a symbol has counted since it began; absent where none runs. */
  tally(symbol: string): BookTally | undefined;
  /** Has the book of a symbol mended by hand, or every book. It is stale until it is. */
  resync(symbol?: string): void;
}
