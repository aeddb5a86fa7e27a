import type { Observable } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import type { AccountEvent, AccountState } from '../../model/accountEvent.js';
import type { TastytradeAccount } from './accountState.js';
import type { TastytradeBalances, TastytradePosition, TastytradeTradingStatus } from './holdings.js';
import type { TastytradeOtherNotice, TastytradeNotice } from './notices.js';
import type { TastytradeComplexOrder, TastytradeOrder } from './orders.js';
import type { TastytradeInstrument } from './instrumentOf.js';
import type { TastytradeQuoteToken } from './quoteToken.js';
import type {
  TastytradeExternalTransaction,
  TastytradeOrderChain,
  TastytradePublicWatchlist,
  TastytradeQuoteAlert,
  TastytradeYearGain,
} from './statelessNotices.js';

/** What an account stream tells of one kind of thing: each as it comes, and all of them with each snapshot. */
export type TastytradeEvents<T, K extends keyof TastytradeAccount> = AccountEvent<T, TastytradeAccount[K]>;

/**
 * tastytrade's account stream. All streams of all accounts ride on one socket; `account` is one of the option's, and may
 * be left out where there is one only.
 *
 * `reset` comes with each new session, then the state by REST as a snapshot; what happens meanwhile is told as it comes.
 */
export interface TastytradeExchange extends Exchange {
  /**
   * What the account holds, folded; late observers get the present state at once.
   *
   * @throws (on the stream) SubscriptionRefusedError where the account is not ours to see; AuthenticationRefusedError
   *   where the login is refused.
   */
  account(account?: string): Observable<AccountState<TastytradeAccount>>;
  /** Every notification of the account, with resets and snapshots in band. */
  events(account?: string): Observable<AccountEvent<TastytradeNotice, TastytradeAccount>>;
  /** Orders as the venue tells them, fills and all; a snapshot holds each once, with its fills deduplicated. */
  orders(account?: string): Observable<TastytradeEvents<TastytradeOrder, 'orders'>>;
  /** Orders of several orders (OCO, OTOCO), likewise. */
  complexOrders(account?: string): Observable<TastytradeEvents<TastytradeComplexOrder, 'complexOrders'>>;
  /** Cash and buying power, whole with each change. */
  balances(account?: string): Observable<TastytradeEvents<TastytradeBalances, 'balances'>>;
  /** Positions, one a symbol, signed by their direction; one of size 0 was closed. */
  positions(account?: string): Observable<TastytradeEvents<TastytradePosition, 'positions'>>;
  /** What the account may do. */
  tradingStatus(account?: string): Observable<TastytradeEvents<TastytradeTradingStatus, 'tradingStatus'>>;
  /** These have no state to load: what came while there was no session is not told. */
  orderChains(account?: string): Observable<TastytradeOrderChain>;
  /** Deposits and withdrawals, as they come. */
  externalTransactions(account?: string): Observable<TastytradeExternalTransaction>;
  /** Gains of the year by underlying; they come late after a fill. */
  yearGains(account?: string): Observable<TastytradeYearGain>;
  /** The watchlists that the venue publishes, each as it changes. */
  publicWatchlists(): Observable<TastytradePublicWatchlist>;
  /** Every alert of the user. */
  quoteAlerts(): Observable<TastytradeQuoteAlert>;
  /** Messages to the user, of whom the login data has the external id. Their type is not documented: whatever has none. */
  userMessages(userId: string): Observable<TastytradeOtherNotice>;
  /** Everything that arrives, of all accounts. Asks for nothing beside what `connect` brings. */
  notifications(): Observable<TastytradeNotice>;
  /**
   * What the venue tells of one of its symbols (`AAPL`, `AAPL  261218C00250000`, `/ESZ6`, `./ESZ6 EW4U6 260927P2975`,
   * `BTC/USD`), as accounts name it, with its name for market data. Asked for until it is told, and at most once an hour.
   * Emits once.
   *
   * @throws (on the stream) SubscriptionRefusedError where there is no such symbol, or the venue tells no step of its prices,
   *   as of an index; AuthenticationRefusedError.
   */
  instrument(symbol: string): Observable<TastytradeInstrument>;
  /** A token for market data, asked for anew. Emits once. */
  quoteToken(): Observable<TastytradeQuoteToken>;
  /** Has an account loaded again, or all. It is stale until it is. */
  resync(account?: string): void;
}
