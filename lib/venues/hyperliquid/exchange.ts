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
import type { HyperliquidInterval } from './candles.js';
import type { HyperliquidDigits, HyperliquidMantissa } from './depth.js';
import type { HyperliquidMids } from './mids.js';

/** How one book of Hyperliquid is had, and what silence means. */
export interface HyperliquidBookOptions {
  /** Five levels a side twice a second, instead of 20 about every 5 s. Default: no. */
  readonly fast?: boolean;
  /** Prices put together to so many digits that count. Not with `fast`. Default: not put together. */
  readonly digits?: HyperliquidDigits;
  /** With 5 digits: the last one in steps of so much. Default: 1. */
  readonly mantissa?: HyperliquidMantissa;
  /**
   * A live book without any message for so many ms goes stale until the next. Default: never; without one for 15,000 ms, with `fast`
   * 5,000, its stream has stalled, and is subscribed anew in any case.
   */
  readonly silentAfter?: number;
}

/**
 * Hyperliquid's market data. Coins by the venue's names, in their own case: `BTC`, `kPEPE` (a thousand PEPE), `PURR/USDC`,
 * `@107` (spot by its index), `xyz:XYZ100` (of a builder's exchange). Sizes in base units.
 */
export interface HyperliquidExchange extends Exchange, Listing {
  /**
   * The best levels of the book, whole in each message: a lost one is mended by the next, and one that stays away has the book
   * stale. Late observers get the present state at once.
   *
   * @throws (on the stream) SubscriptionRefusedError where the venue refuses the coin, or closes connections on it and does not
   *   list it.
   */
  book(coin: string, options?: HyperliquidBookOptions): Observable<BookState>;
  /** The events that make the same book: `reset`, then snapshots. */
  depth(coin: string, options?: HyperliquidBookOptions): Observable<DepthEvent>;
  /** Every trade by itself. */
  trades(coin: string): Observable<Trade>;
  /** Trades from before the subscription; again with each new session. */
  recentTrades(coin: string): Observable<Trade>;
  /** Best bid and ask, whenever they change. Late observers get the latest. */
  quotes(coin: string): Observable<Quote>;
  /**
   * The present candle as it grows; `closed` when the next one begins. Volume in base units. Late observers get the latest. With
   * `history` as many before it, at most 5,000.
   */
  candles(coin: string, interval: HyperliquidInterval, options?: CandleOptions): Observable<Candle>;
  /** The middle of every coin, or of those of a builder's exchange, some 5 s apart. Late observers get the latest. */
  mids(dex?: string): Observable<HyperliquidMids>;
  /** What the running book of a coin has counted since it began; absent where none runs. */
  tally(coin: string): BookTally | undefined;
  /** Has the book of a coin mended by hand, or every book. It is stale until it is. */
  resync(coin?: string): void;
}
