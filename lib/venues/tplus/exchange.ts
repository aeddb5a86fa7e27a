import type { Observable } from 'rxjs';
import type { Audit } from '../../feed/audit.js';
import type { Exchange } from '../../feed/exchange.js';
import type { CandleOptions } from '../../feed/joinCandles.js';
import type { AccountEvent, AccountState } from '../../model/accountEvent.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Candle } from '../../model/candle.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { TplusOpenOrders } from './openOrders.js';
import type { TplusOrderEvent } from './orderEvent.js';
import type { TplusTicker } from './ticker.js';
import type { TplusTrade } from './trades.js';
import type { TplusFills, TplusUserTrade } from './userTrades.js';

/** How one book of T+ is had. */
export interface TplusBookOptions {
  /** A live book without any message for so many ms goes stale until the next. Quiet markets do. Default: never. */
  readonly silentAfter?: number;
  /** Compares the live book with fresh snapshots on a schedule. Default: never. */
  readonly audit?: Audit;
}

/**
 * T+'s market data. An asset is an index (`200`) or `address@chain`; prices and sizes are in human units, sizes in the
 * base asset. Each channel has a socket of its own.
 */
export interface TplusExchange extends Exchange {
  /**
   * The live order book: REST snapshot joined with diffs, mended by a new snapshot after a gap or a reconnect. Late
   * observers get the present state at once.
   *
   * @throws (on the stream) SubscriptionRefusedError where there is no such market, like all streams of one asset.
   */
  book(asset: string, options?: TplusBookOptions): Observable<BookState>;
  /** The events that make the same book, lossless and joined: `reset`, `snapshot`, then diffs without a gap. */
  depth(asset: string, options?: TplusBookOptions): Observable<DepthEvent>;
  /** Trades that stay, of all assets. */
  finalizedTrades(): Observable<TplusTrade>;
  /** Trades that stay, of one asset: a part of `finalizedTrades`, and on the same socket. */
  trades(asset: string): Observable<TplusTrade>;
  /** Each step of each trade of all assets: `pending`, then `confirmed` or `rolledBack`, under one id. */
  allTrades(): Observable<TplusTrade>;
  /**
   * The present bar as it grows. Its width is the server's setting. Late observers get the latest. With `history` as many of the
   * past of the same width before it, asked for when a first one has come.
   */
  candles(asset: string, options?: CandleOptions): Observable<Candle>;
  /** Statistics of the last 24 hours. Late observers get the latest. Servers before v0.6 refuse it. */
  ticker(asset: string): Observable<TplusTicker>;
  /** What the running book of an asset has counted since it began; absent where none runs. */
  tally(asset: string): BookTally | undefined;
  /** Has the book of an asset mended by hand, or every book. It is stale until it is. */
  resync(asset?: string): void;
}

/** T+ with an account: its streams carry a token in the upgrade's headers, which browsers can't send. */
export interface TplusAccountExchange extends TplusExchange {
  /** Every event of the user's orders; after each new session a `reset`, and the open orders as a snapshot. */
  orders(): Observable<AccountEvent<TplusOrderEvent, TplusOpenOrders>>;
  /** The orders that stand, folded from the same. */
  openOrders(): Observable<AccountState<TplusOpenOrders>>;
  /** Every step of every trade of the user's own; after each new session a `reset`, and the newest 1,000 as a snapshot. */
  userTrades(): Observable<AccountEvent<TplusUserTrade, TplusFills>>;
  /** The user's newest 1,000 trades as they stand, folded from the same. */
  fills(): Observable<AccountState<TplusFills>>;
}
