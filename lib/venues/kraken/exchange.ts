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
import type { KrakenBookOptions } from './depths.js';
import type { KrakenInterval } from './intervals.js';

/** Kraken spot by v1 of its WebSocket API, whose pairs are written like `XBT/USD`, in either case. */
export interface KrakenV1Exchange extends Exchange {
  /**
   * The live order book: the snapshot in the stream, then diffs, each book held to the venue's checksum; mended by
   * subscribing anew. Late observers get the present state at once.
   */
  book(symbol: string, options?: KrakenBookOptions): Observable<BookState>;
  /** The messages that book is made of, for a fold of one's own, that cuts to the depth after each. Late observers get a snapshot. */
  depth(symbol: string, options?: KrakenBookOptions): Observable<DepthEvent>;
  /** Every trade, as it happens. */
  trades(symbol: string): Observable<Trade>;
  /** Best bid and ask. Late observers get the latest. */
  quotes(symbol: string): Observable<Quote>;
  /**
   * The present candle as it grows. The venue does not say that one is over: it is told once more, closed, when the next one
   * begins, which takes a trade. Late observers get the latest.
   */
  candles(symbol: string, interval: KrakenInterval): Observable<Candle>;
  /** Statistics of the last 24 hours. Volume in base units. Late observers get the latest. */
  ticker(symbol: string): Observable<Ticker>;
  /** What the running book of a symbol has counted since it began; absent where none runs. */
  tally(symbol: string): BookTally | undefined;
  /** Has the book of a symbol mended by hand, or every book. It is stale until it is. */
  resync(symbol?: string): void;
}

/** Kraken spot by v2 of its WebSocket API, whose symbols are written like `BTC/USD`, in either case. */
export interface KrakenExchange extends KrakenV1Exchange, Listing {
  /** As in v1; with `history` as many before it, at most 720. */
  candles(symbol: string, interval: KrakenInterval, options?: CandleOptions): Observable<Candle>;
  /** The last trades before each subscription, as the venue tells them with it. Not among {@link trades}; late observers get none. */
  recentTrades(symbol: string): Observable<Trade>;
}
