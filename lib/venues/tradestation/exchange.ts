import type { Observable } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import type { AccountEvent, AccountState } from '../../model/accountEvent.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Candle } from '../../model/candle.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { Instrument } from '../../model/instrument.js';
import type { TradestationBalanceChange } from './account/balances.js';
import type { TradestationFill } from './account/fills.js';
import type { TradestationOrderEvent, TradestationOrders } from './account/orders.js';
import type { TradestationPositionEvent, TradestationPositions } from './account/positions.js';
import type { TradestationBars, TradestationCandleOptions, TradestationCandles } from './market/candles.js';
import type { TradestationBookOptions } from './market/depth.js';
import type { TradestationQuote } from './market/quotes.js';
import type {
  TradestationChainOptions,
  TradestationOptionChain,
  TradestationOptionLeg,
  TradestationOptionQuotesOptions,
  TradestationSpread,
} from './market/spreads.js';
import type { TradestationTickBar, TradestationTicks } from './market/tickBars.js';
import type { TradestationTrade } from './market/trades.js';

/**
 * TradeStation's market data and accounts. Each stream is a connection of its own, `maxConcurrentStreams` of
 * them at once; quotes share one for up to 100 symbols. Symbols are sent in upper case.
 *
 * All streams error with a `SubscriptionRefusedError` where the venue refuses them for good, and with an
 * `AuthenticationRefusedError` where it does not know the refresh token any more.
 */
export interface TradestationExchange extends Exchange {
  /**
   * What a symbol is: tick, lot, kind, and of contracts their end. The venue has no list, and tells of each by its name; it is
   * asked until it tells, and what it told is good for an hour. It does not say whether a symbol can be traded now.
   */
  instrument(symbol: string): Observable<Instrument>;
  /** The quote of a symbol, whole each time. Late observers get the present one at once. */
  quote(symbol: string): Observable<TradestationQuote>;
  /** The same of several. */
  quotes(symbols: readonly string[]): Observable<TradestationQuote>;
  /**
   * Trades as far as they can be told: of changes of the quote, or, by `tickBar`, of bars of one tick. See
   * `TradestationTrade` for what each can miss.
   */
  trades(symbol: string, by?: TradestationTrade['source']): Observable<TradestationTrade>;
  /** Bars of so many ticks, after some of the past; from an older interface of the venue. */
  tickBars(symbol: string, bars?: TradestationTicks): Observable<TradestationTickBar>;
  /**
   * Bars as they grow, and with `history` so many of the past before them, without a hole over reconnects. Without it as the
   * stream has them: `barsBack` of the past, oldest first, in each session anew.
   */
  candles(symbol: string, bars?: TradestationCandleOptions): Observable<Candle>;
  /** The same with the past as one. Late observers begin with all there are. */
  candleEvents(symbol: string, bars?: TradestationBars): Observable<TradestationCandles>;
  /** The order book. Each message is the whole of it; late observers get the present state at once. */
  book(symbol: string, options?: TradestationBookOptions): Observable<BookState>;
  /** The messages that make the same book. */
  depth(symbol: string, options?: TradestationBookOptions): Observable<DepthEvent>;
  /** A chain of options or of spreads of them, all that was told by now each time. */
  optionChain(underlying: string, options?: TradestationChainOptions): Observable<TradestationOptionChain>;
  /** One option, or several as one. */
  optionQuotes(
    legs: readonly TradestationOptionLeg[],
    options?: TradestationOptionQuotesOptions,
  ): Observable<TradestationSpread>;
  /** Every frame of the accounts' orders; after each new session and every so often a snapshot by request. */
  orders(accounts: readonly string[]): Observable<AccountEvent<TradestationOrderEvent, TradestationOrders>>;
  /** The orders of today as they stand, finished ones too, folded from the same. */
  orderStates(accounts: readonly string[]): Observable<AccountState<TradestationOrders>>;
  /** What is newly filled, each once, from the first snapshot on; also what only a reload showed. */
  fills(accounts: readonly string[]): Observable<TradestationFill>;
  /** Every change of the accounts' positions; after each new session a snapshot. */
  positionEvents(
    accounts: readonly string[],
  ): Observable<AccountEvent<TradestationPositionEvent, TradestationPositions>>;
  /** The positions as they stand, folded from the same. */
  positions(accounts: readonly string[]): Observable<AccountState<TradestationPositions>>;
  /** Asks for the balances every so often (default: 30,000 ms) and tells what has changed. */
  balances(accounts: readonly string[], options?: { readonly every?: number }): Observable<TradestationBalanceChange>;
  /** What the running book of a symbol has counted since it began; absent where none runs. */
  tally(symbol: string): BookTally | undefined;
  /** How many streams are open, or being opened. */
  openStreams(): number;
}
