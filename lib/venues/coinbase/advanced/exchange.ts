import type { Observable } from 'rxjs';
import type { Exchange } from '../../../feed/exchange.js';
import type { Listing } from '../../../feed/instruments.js';
import type { CandleOptions } from '../../../feed/joinCandles.js';
import type { BookState } from '../../../model/bookState.js';
import type { BookTally } from '../../../model/bookTally.js';
import type { Candle } from '../../../model/candle.js';
import type { DepthEvent } from '../../../model/depthEvent.js';
import type { Quote } from '../../../model/quote.js';
import type { Trade } from '../../../model/trade.js';
import type { CoinbaseAdvancedHeartbeat } from './heartbeats.js';
import type { CoinbaseTicker } from './ticker.js';

/** What silence of a book means. */
export interface CoinbaseAdvancedBookOptions {
  /** A live book without any message for so many ms goes stale until the next. Default: never. */
  readonly silentAfter?: number;
}

/**
 * Market data of Coinbase Advanced Trade. Products by the venue's ids, in either case: `BTC-USD`. What is quoted in USDC has the
 * market of what is quoted in USD, and is told under that id: `BTC-USDC` is `BTC-USD`, but for `USDT-USDC` and `EURC-USDC`.
 */
export interface CoinbaseAdvancedExchange extends Exchange, Listing {
  /**
   * The live order book, all of it: the snapshot in the stream, then diffs. Frames are numbered over the whole connection: one
   * that is missing has all books of it mended, by subscribing anew. Late observers get the present state at once.
   */
  book(product: string, options?: CoinbaseAdvancedBookOptions): Observable<BookState>;
  /** The messages that book is made of, for a fold of one's own. Late observers get a snapshot. */
  depth(product: string, options?: CoinbaseAdvancedBookOptions): Observable<DepthEvent>;
  /** Every trade, as the venue tells them every 250 ms, the oldest one first. */
  trades(product: string): Observable<Trade>;
  /** The last trades before each subscription. Not among {@link trades}; late observers get none. */
  recentTrades(product: string): Observable<Trade>;
  /** Best bid and ask, as the ticker tells them. Late observers get the latest. */
  quotes(product: string): Observable<Quote>;
  /** Statistics, with each trade and each change of the best prices. Late observers get the latest. */
  ticker(product: string): Observable<CoinbaseTicker>;
  /**
   * The present candle of five minutes as it grows; the venue has no others. It does not say that one is over: it is told once
   * more, closed, when the next one begins. Late observers get the latest.
   */
  candles(product: string, options?: CandleOptions): Observable<Candle>;
  /** What the venue says every second. */
  heartbeats(): Observable<CoinbaseAdvancedHeartbeat>;
  /** What the running book of a product has counted since it began; absent where none runs. */
  tally(product: string): BookTally | undefined;
  /** Has the book of a product mended by hand, or every book. It is stale until it is. */
  resync(product?: string): void;
}
