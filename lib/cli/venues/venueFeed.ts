import type { Observable } from 'rxjs';
import type { Exchange, ExchangeOptions } from '../../feed/exchange.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Candle } from '../../model/candle.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { Trade } from '../../model/trade.js';
import type { TableName } from '../args/request.js';
import type { TableView } from '../view/tableView.js';

/** A venue's streams, as far as the command line shows them. */
export interface VenueFeed extends Pick<Exchange, 'socket' | 'connection$' | 'faults$' | 'close'> {
  book(instrument: string): Observable<BookState>;
  trades(instrument: string): Observable<Trade>;
  /** What the library's own `trades` reads, where that is another stream: recorded beside the one that is shown. */
  plainTrades?(instrument: string): Observable<unknown>;
  /** Trades from before a subscription, where the venue tells some with it. Not among `trades`. */
  recentTrades?(instrument: string): Observable<Trade>;
  quotes(instrument: string): Observable<Quote>;
  candles(instrument: string, interval: string): Observable<Candle>;
  ticker(instrument: string): Observable<Ticker>;
  /** What the venue has beyond these, as a table: for the channels of accounts. */
  table?(instrument: string, channel: TableName): Observable<TableView>;
  /** What the book's feed has counted; `undefined` where there is none yet. */
  tally(instrument: string): BookTally | undefined;
}

export interface FeedOptions extends ExchangeOptions {
  readonly market: string;
  /** What is watched, for venues that must be told when they are opened. */
  readonly instrument?: string;
  /** Which of the venue's depth streams an instrument's book is had from, in its own words, where it is not the usual one. */
  readonly streams?: ReadonlyMap<string, string>;
  /** Likewise of its trade streams. */
  readonly tradeStreams?: ReadonlyMap<string, string>;
  /** What the recording that is played holds answers to, by their addresses; absent where none is played. */
  readonly answers?: readonly string[];
  /** Where sockets go, where it is not the venue's own address. */
  readonly url?: string;
  /** Likewise for requests. */
  readonly restUrl?: string;
}
