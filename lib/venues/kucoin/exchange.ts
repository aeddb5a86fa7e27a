import type { Observable } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import type { Listing } from '../../feed/instruments.js';
import type { CandleOptions } from '../../feed/joinCandles.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Candle } from '../../model/candle.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { Quote } from '../../model/quote.js';
import type { Trade } from '../../model/trade.js';
import type { KucoinInterval } from './candles.js';
import type { KucoinDepth } from './depth.js';
import type { KucoinTicker } from './ticker.js';

/** How one book of KuCoin is had, and what silence means. */
export interface KucoinBookOptions {
  /** Its best 5 or 50 levels, whole in each message, every 100 ms. Default: what changes, as it changes. */
  readonly depth?: KucoinDepth;
  /** A live book without any message for so many ms goes stale until the next. Quiet symbols do. Default: never. */
  readonly silentAfter?: number;
}

/** Market data of KuCoin's spot market, by its classic API. Symbols in either case: `BTC-USDT`. Sizes in base units. */
export interface KucoinExchange extends Exchange, Listing {
  /**
   * The live order book: a REST snapshot, then diffs whose numbers go on from it; mended by another snapshot. Late observers
   * get the present state at once. Unless requests are signed it has only those levels that its snapshot vouches for, at
   * most 100 a side, and is mended when a side has hardly any left.
   *
   * @throws (on the stream) SubscriptionRefusedError where there is no such symbol.
   */
  book(symbol: string, options?: KucoinBookOptions): Observable<BookState>;
  /** The events that make the same book, lossless: `reset`, `snapshot`, then diffs without a gap. */
  depth(symbol: string, options?: KucoinBookOptions): Observable<DepthEvent>;
  /** Every match by itself. */
  trades(symbol: string): Observable<Trade>;
  /** Best bid and ask. Late observers get the latest. */
  quotes(symbol: string): Observable<Quote>;
  /** The present candle as it grows; `closed` when the next one begins. Volume in base units. Late observers get the latest. */
  candles(symbol: string, interval: KucoinInterval, options?: CandleOptions): Observable<Candle>;
  /** Best bid and ask with the last trade: the channel of `quotes`. Late observers get the latest. */
  ticker(symbol: string): Observable<KucoinTicker>;
  /** What the running book of a symbol has counted since it began; absent where none runs. */
  tally(symbol: string): BookTally | undefined;
  /** Has the book of a symbol mended by hand, or every book. It is stale until it is. */
  resync(symbol?: string): void;
}
