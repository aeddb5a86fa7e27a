import type { Observable } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import type { Listing } from '../../feed/instruments.js';
import type { AccountEvent, AccountState } from '../../model/accountEvent.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { Trade } from '../../model/trade.js';
import type { O2Balance } from './balances.js';
import type { O2Frequency, O2Precision } from './depth.js';
import type { O2Identity } from './ids.js';
import type { O2Market } from './markets.js';
import type { O2Nonce } from './nonce.js';
import type { O2Order } from './orders.js';

/** How one book of O2 is had. */
export interface O2BookOptions {
  /** How many of the smallest price units make one level, a power of ten. Default: 10, the finest. */
  readonly precision?: O2Precision;
  /** A live book without any message for so many ms goes stale until the next. Quiet markets do. Default: never. */
  readonly silentAfter?: number;
  /**
   * Subscribes anew every so many ms, whether or not anything seems wrong; the book is stale (`resync`) for the time of
   * a question and its answer. Updates bear no numbers, so that one that is lost without a trace can't be noticed: this
   * bounds how long such an error lives. Default: never.
   */
  readonly refreshEvery?: number;
}

/** How one grouped view of a book of O2 is had. */
export interface O2DepthViewOptions {
  /** Default: 10. */
  readonly precision?: O2Precision;
  /** Default: `500ms`. */
  readonly frequency?: O2Frequency;
}

/**
 * The O2 exchange: market data and accounts. A market is named by its id (`0x…`) or its pair (`ETH/USDC`), in either
 * case; values name it by its id. Prices and sizes are in human units, scaled by the decimals of the market's assets.
 * No key is needed: whoever knows an identity may follow its orders.
 *
 * All streams of markets error with a `SubscriptionRefusedError` where there is no such market.
 */
export interface O2Exchange extends Exchange, Listing {
  /** The venue's markets. Completes. */
  markets(): Observable<readonly O2Market[]>;
  /** One market. Completes. */
  market(name: string): Observable<O2Market>;
  /**
   * The live order book: a snapshot in the stream, then what changed; mended by subscribing anew. Late observers get the
   * present state at once.
   */
  book(market: string, options?: O2BookOptions): Observable<BookState>;
  /** The events that make the same book, with new sizes whatever the venue sends: `reset`, `snapshot`, diffs. */
  depth(market: string, options?: O2BookOptions): Observable<DepthEvent>;
  /** The whole book every so often; nothing to join, nothing to mend. Late observers get the present state at once. */
  depthView(market: string, options?: O2DepthViewOptions): Observable<BookState>;
  /** Every trade. */
  trades(market: string): Observable<Trade>;
  /** Every state of every order of a trading account, lossless between resets. */
  orders(account: O2Identity): Observable<AccountEvent<O2Order, readonly O2Order[]>>;
  /** Its open orders. Late observers get them at once. */
  openOrders(account: O2Identity): Observable<AccountState<readonly O2Order[]>>;
  /** Every change of every balance, lossless between resets. */
  balanceUpdates(identity: O2Identity): Observable<AccountEvent<O2Balance, readonly O2Balance[]>>;
  /** The balances, one an asset. Late observers get them at once. */
  balances(identity: O2Identity): Observable<AccountState<readonly O2Balance[]>>;
  /** Every nonce of a trading account, lossless between resets. */
  nonceUpdates(account: O2Identity): Observable<AccountEvent<O2Nonce, O2Nonce>>;
  /** Its present nonce. Late observers get it at once. */
  nonce(account: O2Identity): Observable<AccountState<O2Nonce>>;
  /** The counts of the running book of a market since it began; absent where none runs. */
  tally(market: string): BookTally | undefined;
  /** Has the book of a market mended by hand, or every book. It is stale until it is. */
  resync(market?: string): void;
}
