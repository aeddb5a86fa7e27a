import type { Observable } from 'rxjs';
import type { Audit } from '../../feed/audit.js';
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
import type { BinanceInterval } from './candles.js';
import type { BinanceDepthSpeed } from './depth.js';
import type { BinanceMarket } from './endpoint.js';

/** How one book of Binance is had: its depth, its audit, and what silence means. */
export interface BinanceBookOptions {
  /** How often diffs come. Default: `100ms`. */
  readonly speed?: BinanceDepthSpeed;
  /**
   * How many levels a side the snapshot asks for, rounded up to a size the venue offers: at most 5,000 (spot) or 1,000
   * (USD-M). Levels beyond it are unknown until they change; cut the view, not the book.
   *
   * Default: what all books that are open when it is asked can have within half a minute's allowance. Up to 48 books that
   * is 1,000 levels, up to 96 it is 500; beyond, 100 on spot, and on USD-M 100 up to 192, then 50.
   */
  readonly depth?: number;
  /** A live book without any message for so many ms goes stale until the next. Quiet symbols do. Default: never. */
  readonly silentAfter?: number;
  /** Compares the live book with fresh snapshots on a schedule: `audit({ every })`. Default: never. */
  readonly audit?: Audit;
}

/**
 * Binance's market data. Symbols in either case, `BTCUSDT`, which is one thing on spot and another on USD-M; or unified ones,
 * `BTC/USDT` and `BTC/USDT:USDT`, which wait for the list of instruments.
 */
export interface BinanceExchange extends Exchange, Listing {
  readonly market: BinanceMarket;
  /**
   * The live order book: REST snapshot joined with diffs, mended by a new snapshot after a gap or a reconnect. Late
   * observers get the present state at once.
   *
   * @throws (on the stream) SubscriptionRefusedError where there is no such symbol.
   */
  book(symbol: string, options?: BinanceBookOptions): Observable<BookState>;
  /** The events that make the same book, lossless and joined: `reset`, `snapshot`, then diffs without a gap. */
  depth(symbol: string, options?: BinanceBookOptions): Observable<DepthEvent>;
  /** Every trade by itself. */
  trades(symbol: string): Observable<Trade>;
  /** Trades of one taker order at one price as one; `id` is the aggregate's. */
  aggregateTrades(symbol: string): Observable<Trade>;
  /** Best bid and ask whenever one changes. Late observers get the latest. */
  quotes(symbol: string): Observable<Quote>;
  /**
   * The present candle as it grows; `closed` once at its end. Late observers get the latest. With `history` as many before it,
   * from `klines`.
   */
  candles(symbol: string, interval: BinanceInterval, options?: CandleOptions): Observable<Candle>;
  /** Statistics of the last 24 hours, about once a second. Late observers get the latest. */
  ticker(symbol: string): Observable<Ticker>;
  /** What the running book of a symbol has counted since it began; absent where none runs. */
  tally(symbol: string): BookTally | undefined;
  /** Has the book of a symbol mended by hand, or every book. It is stale until it is. */
  resync(symbol?: string): void;
}
