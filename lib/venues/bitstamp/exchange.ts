import type { Observable } from 'rxjs';
import type { Audit } from '../../feed/audit.js';
import type { Exchange } from '../../feed/exchange.js';
import type { Listing } from '../../feed/instruments.js';
import type { BookByOrder } from '../../model/bookByOrder.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { Trade } from '../../model/trade.js';
import type { BitstampOrderEvent } from './orders.js';

/** How one book of Bitstamp is had, and what silence means. */
export interface BitstampBookOptions {
  /** Its best 100 levels, whole in each message. Default: the whole book, and then what changes. */
  readonly depth?: 100;
  /** A live book without any message for so many ms goes stale until the next. Quiet pairs do. Default: never. */
  readonly silentAfter?: number;
  /** Has the book begin anew every so many ms: bounds how long a lost change can live. Default: never. */
  readonly refreshEvery?: number;
  /** Compares the live book with a snapshot now and then: `audit({ every })`. Not with `depth`. Default: never. */
  readonly audit?: Audit;
}

/** How one book by order is had. */
export type BitstampBookByOrderOptions = Omit<BitstampBookOptions, 'depth' | 'audit'> & {
  /** Its best 100 orders a side, whole in each message. Default: all orders, and then what becomes of each. */
  readonly depth?: 100;
};

/** Bitstamp's market data. Pairs in either case: `btcusd`. Sizes in base units. The venue streams no quotes, candles, tickers. */
export interface BitstampExchange extends Exchange, Listing {
  /**
   * The live order book: a REST snapshot, and the changes after it. Nothing numbers them, so a change that was lost on an
   * open wire leaves no trace but a crossed book: see `refreshEvery` and `audit`. Late observers get the present state at once.
   *
   * @throws (on the stream) SubscriptionRefusedError where there is no such pair.
   */
  book(pair: string, options?: BitstampBookOptions): Observable<BookState>;
  /** The events that make the same book: `reset`, `snapshot`, then diffs. */
  depth(pair: string, options?: BitstampBookOptions): Observable<DepthEvent>;
  /**
   * The live book with the orders behind each level, the lower id first: a REST snapshot, and what becomes of each order. Since
   * 2026 the venue links what it tells, so that a loss is noticed. An order that takes is told before what it takes is gone:
   * meanwhile the book is crossed. Late observers get the present state at once.
   *
   * @throws (on the stream) SubscriptionRefusedError where there is no such pair.
   */
  bookByOrder(pair: string, options?: BitstampBookByOrderOptions): Observable<BookState<BookByOrder>>;
  /** Every trade by itself. */
  trades(pair: string): Observable<Trade>;
  /** What becomes of each order of the venue's book, in order. Nothing is folded, and no snapshot begins it. */
  orders(pair: string): Observable<BitstampOrderEvent>;
  /** What the running book of a pair has counted since it began; absent where none runs. */
  tally(pair: string): BookTally | undefined;
  /** Has the book of a pair mended by hand, or every book. It is stale until it is. */
  resync(pair?: string): void;
}
