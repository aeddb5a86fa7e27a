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
import type { OkxInterval } from './candles.js';
import type { OkxBookChannel } from './depth.js';

/** How one book of OKX is had, and what silence means. */
export interface OkxBookOptions {
  /** Which of the venue's channels. It decides how deep the book is and how often it comes. Default: `books`. */
  readonly channel?: OkxBookChannel;
  /**
   * A live book without any message for so many ms goes stale until the next. Default: never; without one for 90,000 ms its stream
   * has stalled, since the venue repeats itself about every 60 s where nothing changes, and is subscribed anew in any case.
   */
  readonly silentAfter?: number;
}

/**
 * OKX's market data, or that of whoever speaks its protocol. Instruments by the venue's ids, in either case: `BTC-USDT`,
 * `BTC-USDT-SWAP`, `BTC-USD-220527`. Sizes of contracts are in contracts.
 */
export interface OkxExchange extends Exchange, Listing {
  /**
   * The live order book: the snapshot in the stream, then diffs, each held to the number before it and, where the venue
   * sends one, to its checksum; mended by subscribing anew. Late observers get the present state at once. A book may be
   * crossed while a call auction runs.
   *
   * @throws (on the stream) SubscriptionRefusedError where there is no such instrument, or a channel needs a login.
   */
  book(instrument: string, options?: OkxBookOptions): Observable<BookState>;
  /** The events that make the same book, lossless: `reset`, `snapshot`, then diffs without a gap. */
  depth(instrument: string, options?: OkxBookOptions): Observable<DepthEvent>;
  /** Trades; fills of one taker order at one price as one, whose `id` is that of the last. */
  trades(instrument: string): Observable<Trade>;
  /** Every fill by itself. */
  fills(instrument: string): Observable<Trade>;
  /** Best bid and ask whenever one changes. Late observers get the latest. */
  quotes(instrument: string): Observable<Quote>;
  /**
   * The present candle as it grows; `closed` once at its end. Volume in base units. Late observers get the latest. With `history`
   * as many before it.
   */
  candles(instrument: string, interval: OkxInterval, options?: CandleOptions): Observable<Candle>;
  /** Statistics of the last 24 hours. Volume in base units. Late observers get the latest. */
  ticker(instrument: string): Observable<Ticker>;
  /** What the running book of an instrument has counted since it began; absent where none runs. */
  tally(instrument: string): BookTally | undefined;
  /** Has the book of an instrument mended by hand, or every book. It is stale until it is. */
  resync(instrument?: string): void;
}
