import { type Observable, Subject, map } from 'rxjs';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import type { Exchange } from '../../feed/exchange.js';
import type { BookState, StaleReason } from '../../model/bookState.js';
import type { Candle } from '../../model/candle.js';
import type { ConnectionState, ConnectionStatus, WireLoad } from '../../model/connection.js';
import type { Fault, FaultNotice } from '../../model/fault.js';
import type { OrderBook } from '../../model/orderBook.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { Trade } from '../../model/trade.js';
import {
  type QuoteFields,
  type SnapshotFields,
  type TradeFields,
  liveState,
  quote,
  snapshot,
  staleState,
  syncingState,
  trade,
} from '../../testing/builders.js';
import { TestChannel } from './testChannel.js';

const WIRE = 'test#1';

/**
 * An exchange that a test drives: what it is told to show, whoever listens hears at once. It opens nothing and has no clock.
 *
 *     const exchange = new TestExchange();
 *     exchange.showBook('BTCUSDT', '100x1 | 101x2');
 *     exchange.staleBook('BTCUSDT', 'gap');
 *     exchange.refuse('book NOPE', 'no such symbol');
 *
 * What only some venues have is written in a class of one's own, by `channel`:
 *
 *     class TestO2 extends TestExchange {
 *       balances = () => this.channel<AccountState<readonly O2Balance[]>>('balances');
 *     }
 */
export class TestExchange implements Exchange {
  readonly socket: Exchange['socket'] = new Subject();
  readonly connection$: Observable<ConnectionState>;
  readonly faults$: Observable<Fault>;
  readonly #channels = new Map<string, TestChannel>();
  readonly #resyncs: (string | undefined)[] = [];
  #wakes = 0;
  #isClosed = false;

  /** @param venue What it says it is. */
  constructor(readonly venue = 'test') {
    this.connection$ = this.channel('connection');
    this.faults$ = this.channel('faults');
  }

  /** `syncing` before a book is shown. Takes the options of any venue, and does not look at them. */
  book(symbol: string): Observable<BookState> {
    return this.channel(`book ${symbol}`);
  }

  /** What `showQuote` shows. */
  quotes(symbol: string): Observable<Quote> {
    return this.channel(`quotes ${symbol}`);
  }

  /** What `showTrade` shows. */
  trades(symbol: string): Observable<Trade> {
    return this.channel(`trades ${symbol}`);
  }

  /** What is shown under the key `candles <symbol> <interval>`. */
  candles(symbol: string, interval: string): Observable<Candle> {
    return this.channel(`candles ${symbol} ${interval}`);
  }

  /** What is shown under the key `ticker <symbol>`. */
  ticker(symbol: string): Observable<Ticker> {
    return this.channel(`ticker ${symbol}`);
  }

  /** The stream of a key: what is shown under it. A late observer hears the latest, but of trades and faults. */
  channel<T>(key: string): Observable<T> {
    return this.#channel(key).stream$.pipe(map((value) => value as T));
  }

  /** Which streams are observed at the moment, by their keys: `book BTCUSDT`. */
  observed(): readonly string[] {
    return [...this.#channels].filter(([, { isObserved }]) => isObserved).map(([key]) => key);
  }

  /** Which books were to be mended by hand, in order; `undefined`: all. */
  resyncs(): readonly (string | undefined)[] {
    return [...this.#resyncs];
  }

  /** Whoever listens to a key hears a value. */
  show(key: string, value: unknown): void {
    this.#channel(key).emit(value);
  }

  /** The book of a symbol is live. Its levels may be written short: `'99x5 98 | 101x4'`. */
  showBook(symbol: string, of: OrderBook | SnapshotFields | string): void {
    const fields = typeof of === 'string' ? { ...snapshot(of), instrument: symbol } : of;
    this.show(`book ${symbol}`, liveState('bestBid' in fields ? fields : { instrument: symbol, ...fields }));
  }

  /** The last book of a symbol can't be trusted. @throws Error where none was shown. */
  staleBook(symbol: string, reason: StaleReason = 'gap', since = 0): void {
    const channel = this.#channel(`book ${symbol}`);
    const state = channel.latest as BookState;
    if (state.status === 'syncing') throw new Error(`no book of ${symbol} was shown yet that could go stale`);
    channel.emit(staleState(state.book, { reason, since }));
  }

  /** Shows a quote of a symbol: bid and ask of the fields given, nothing where they are left out. */
  showQuote(symbol: string, fields: QuoteFields): void {
    this.show(`quotes ${symbol}`, quote({ instrument: symbol, ...fields }));
  }

  /** Shows a trade of a symbol, with the fields given. */
  showTrade(symbol: string, fields: TradeFields = {}): void {
    this.show(`trades ${symbol}`, trade({ instrument: symbol, ...fields }));
  }

  /** A wire is in another state. */
  showConnection(status: ConnectionStatus, wire = WIRE, at = 0): void {
    this.show('connection', { ...status, wire, at });
  }

  /** Something was mended or refused. */
  showFault(fault: FaultNotice, at = 0): void {
    this.show('faults', { ...fault, venue: this.venue, at });
  }

  /** Whoever listens to a key is refused, and so is who comes later, until something is shown there. */
  refuse(key: string, text = 'refused by the test'): void {
    this.#channel(key).refuse(new SubscriptionRefusedError(this.venue, key, text));
  }

  /** One wire with whatever is observed, while anything is. */
  plan(): readonly WireLoad[] {
    const channels = this.observed().filter((key) => key !== 'connection' && key !== 'faults');
    return channels.length === 0 ? [] : [{ wire: WIRE, status: 'ready', channels }];
  }

  /** Notes that a book, or every book, was to be mended by hand: see {@link resyncs}. Does no more. */
  resync(symbol?: string): void {
    this.#resyncs.push(symbol);
  }

  /** Nothing waits here that could be woken: it is only counted. */
  wake(): void {
    this.#wakes += 1;
  }

  /** How often it was to wake. */
  wakes(): number {
    return this.#wakes;
  }

  close(): void {
    this.#isClosed = true;
    for (const channel of this.#channels.values()) channel.close();
  }

  /** Whether it was closed. */
  isClosed(): boolean {
    return this.#isClosed;
  }

  #channel(key: string): TestChannel {
    let channel = this.#channels.get(key);
    if (channel === undefined) {
      channel = new TestChannel(!/^(trades |faults$)/.test(key), key.startsWith('book ') ? [syncingState] : []);
      if (this.#isClosed) channel.close();
      this.#channels.set(key, channel);
    }
    return channel;
  }
}
