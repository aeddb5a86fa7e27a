import type { Observable } from 'rxjs';
import type { Exchange } from '../../../feed/exchange.js';
import type { Listing } from '../../../feed/instruments.js';
import type { BookState } from '../../../model/bookState.js';
import type { BookTally } from '../../../model/bookTally.js';
import type { DepthEvent } from '../../../model/depthEvent.js';
import type { Ticker } from '../../../model/ticker.js';
import type { Trade } from '../../../model/trade.js';
import type { CoinbaseBookChannel } from './depth.js';
import type { CoinbaseHeartbeat } from './heartbeats.js';

/** How one book of Coinbase Exchange is had, and what silence means. */
export interface CoinbaseExchangeBookOptions {
  /** Which of the venue's channels. Default: `level2_batch`, the one without a login. */
  readonly channel?: CoinbaseBookChannel;
  /** A live book without any message for so many ms goes stale until the next. Default: never. */
  readonly silentAfter?: number;
}

/** Coinbase Exchange. Products by the venue's ids, in either case: `BTC-USD`. */
export interface CoinbaseExchange extends Exchange, Listing {
  /**
   * The live order book, all of it: the snapshot in the stream, then diffs; mended by subscribing anew. Nothing numbers the
   * diffs: a lost one shows only where the book is crossed. Late observers get the present state at once.
   */
  book(product: string, options?: CoinbaseExchangeBookOptions): Observable<BookState>;
  /** The messages that book is made of, for a fold of one's own. Late observers get a snapshot. */
  depth(product: string, options?: CoinbaseExchangeBookOptions): Observable<DepthEvent>;
  /** Every trade, as it happens. The venue drops some under load: that is told as a `gap` fault. */
  trades(product: string): Observable<Trade>;
  /** The last trade before each subscription. Not among {@link trades}; late observers get none. */
  recentTrades(product: string): Observable<Trade>;
  /** Statistics of the last 24 hours, with each trade. Volume in base units. Late observers get the latest. */
  ticker(product: string): Observable<Ticker>;
  /** What the venue tells of a product every second, whether anything happens or not. */
  heartbeats(product: string): Observable<CoinbaseHeartbeat>;
  /** What the running book of a product has counted since it began; absent where none runs. */
  tally(product: string): BookTally | undefined;
  /** Has the book of a product mended by hand, or every book. It is stale until it is. */
  resync(product?: string): void;
}
