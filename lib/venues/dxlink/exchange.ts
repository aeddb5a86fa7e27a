import type { Observable } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import type { BookState } from '../../model/bookState.js';
import type { CandleOptions } from '../../feed/joinCandles.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Candle } from '../../model/candle.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { DxLinkEvent, DxLinkEventType } from './eventTypes.js';
import type { DxLinkIndexedState } from './market/indexedFeed.js';
import type { DxLinkOrderList } from './market/orders.js';
import type { DxLinkQuote } from './market/quotes.js';
import type { DxLinkTimeSeries } from './market/timeSeries.js';
import type { DxLinkContract } from './topics.js';

/** How events of one type are had over dxLink. */
export interface DxLinkEventOptions {
  /** Default: what suits the type, `TICKER`, `STREAM` or `HISTORY`. */
  readonly contract?: DxLinkContract;
  /** For Order, SpreadOrder and AnalyticOrder. In the venue's own case: `NTV` and `ntv` are two books. */
  readonly source?: string;
  /** For HISTORY and AUTO: from when on, in ms since 1970. */
  readonly from?: number;
}

/** How one book of orders is had over dxLink. */
export interface DxLinkBookOptions {
  /** Default: `NTV`. */
  readonly source?: string;
  /** Which orders. Default: `Order`. */
  readonly type?: 'Order' | 'SpreadOrder' | 'AnalyticOrder';
  /**
   * Has the book sent anew every so often, in ms. dxLink numbers nothing: a frame that the venue never sends can't be
   * missed, and this bounds how long that lasts. Default: never.
   */
  readonly refreshEvery?: number;
}

/** How one book of the DOM service is had over dxLink. */
export interface DxLinkDomOptions {
  /** Of which the depth is made. Default: `['ntv']`. */
  readonly sources?: readonly string[];
  /** Levels on each side, 0 for all. Default: as many as the venue sends. */
  readonly depthLimit?: number;
  /** How often it is sent, in seconds. Default: as the venue has it. */
  readonly aggregationPeriod?: number;
  /** As in {@link DxLinkBookOptions}. */
  readonly refreshEvery?: number;
}

/** Market data over dxLink. Symbols as dxFeed spells them: `AAPL`, `.AAPL250117C150`, `/ESM25:XCME`, `BTC/USD:CXTALP`. */
export interface DxLinkExchange extends Exchange {
  /** Best bid and ask. Late observers get the latest. */
  quotes(symbol: string, options?: DxLinkEventOptions): Observable<DxLinkQuote>;
  /** The latest trade of a session, with the day's volume. Late observers get the latest. */
  trades(symbol: string, options?: DxLinkEventOptions): Observable<DxLinkEvent<'Trade'>>;
  /** Late observers get the latest of these. */
  greeks(symbol: string, options?: DxLinkEventOptions): Observable<DxLinkEvent<'Greeks'>>;
  /** Prices of the day and the day before, open interest. Late observers get the latest. */
  summaries(symbol: string, options?: DxLinkEventOptions): Observable<DxLinkEvent<'Summary'>>;
  /** What an instrument is: its description, trading status, bounds of price. Late observers get the latest. */
  profiles(symbol: string, options?: DxLinkEventOptions): Observable<DxLinkEvent<'Profile'>>;
  /** Volatility and put/call ratio over the options of an underlying. Late observers get the latest. */
  underlyings(symbol: string, options?: DxLinkEventOptions): Observable<DxLinkEvent<'Underlying'>>;
  /** The theoretical price of an option. Late observers get the latest. */
  theoPrices(symbol: string, options?: DxLinkEventOptions): Observable<DxLinkEvent<'TheoPrice'>>;
  /** Every trade as it happens, with corrections and cancellations (`type`). */
  timeAndSales(symbol: string): Observable<DxLinkEvent<'TimeAndSale'>>;
  /** Whatever the venue attaches to a symbol, as it comes. */
  messages(symbol: string): Observable<DxLinkEvent<'Message'>>;
  /** Trades since a time, in ms, kept right: corrections replace, cancellations take away. */
  timeAndSalesSince(
    symbol: string,
    from: number,
  ): Observable<DxLinkIndexedState<DxLinkTimeSeries<DxLinkEvent<'TimeAndSale'>>>>;
  /**
   * Candles as they come, each closed before the next one; with `history` as many of the past before them, without a hole over
   * reconnects.
   *
   * @param period Of time, with attributes or without: `5m`, `1d`, `1h,tho=true`. The others are had by `candlesSince`.
   */
  candles(symbol: string, period: string, options?: CandleOptions): Observable<Candle>;
  /**
   * The list of candles since a time, in ms, with all that the venue tells of each. The history arrives as one snapshot; the present candle is replaced as it grows.
   *
   * @param period `5m`, `1d`, `1h,tho=true`: see {@link candleSymbol}.
   */
  candlesSince(
    symbol: string,
    period: string,
    from: number,
  ): Observable<DxLinkIndexedState<DxLinkTimeSeries<DxLinkEvent<'Candle'>>>>;
  /** The option series of an underlying: one row for each expiration. */
  series(symbol: string): Observable<DxLinkIndexedState<DxLinkTimeSeries<DxLinkEvent<'Series'>>>>;
  /** The events of any type as they come, of one symbol or several; `*` is for STREAM and AUTO. */
  events<T extends DxLinkEventType>(
    type: T,
    symbols: string | readonly string[],
    options?: DxLinkEventOptions,
  ): Observable<DxLinkEvent<T>>;
  /** The live book that the orders of a source make, order by order. Late observers get the present state. */
  book(symbol: string, options?: DxLinkBookOptions): Observable<BookState>;
  /** The events that make the same book: `reset`, `snapshot`, then diffs. */
  depth(symbol: string, options?: DxLinkBookOptions): Observable<DepthEvent>;
  /** The orders themselves. */
  orders(symbol: string, options?: DxLinkBookOptions): Observable<DxLinkIndexedState<DxLinkOrderList>>;
  /** The live book of the DOM service: whole each time, cut to a depth by the venue. */
  dom(symbol: string, options?: DxLinkDomOptions): Observable<BookState>;
  /** What the running book of a symbol has counted since it began; absent where none runs. */
  tally(symbol: string): BookTally | undefined;
  /** Has the books of a symbol mended by hand, or every book. They are stale until they are. */
  resync(symbol?: string): void;
}
