import { type Observable, Subject, filter, finalize, map, merge } from 'rxjs';
import { noRule } from '../../book/continuity/none.js';
import { type MutableTally, emptyTally } from '../../book/tally.js';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import { eventsOf, statesOf } from '../../feed/bookStreams.js';
import type { Exchange, ExchangeOptions } from '../../feed/exchange.js';
import type { FeedUpdate } from '../../feed/feedUpdate.js';
import { type VenueCore, foldedChannel, makeVenueCore } from '../../feed/venueCore.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { assemble } from './assemble.js';
import { candleSymbol, normalSymbol } from './candleSymbol.js';
import { contractOf, isLasting } from './contracts.js';
import { type CredentialsProvider, DxLinkTokens } from './credentials.js';
import { dxLinkDialect } from './dialect.js';
import { domChannel } from './dom.js';
import type { DxEvent, DxEventType } from './eventTypes.js';
import { type IndexedState, indexedFeed } from './indexedFeed.js';
import { DEMO, wireLimits } from './limits.js';
import { orderBook } from './orderBook.js';
import { type OrderList, type DxOrder, foldOrders } from './orders.js';
import { type DxQuote, quoteOf } from './quote.js';
import { eventReader } from './read.js';
import { type TimeSeries, foldTimeSeries } from './timeSeries.js';
import { type DxContract, GROUP, feedTopic } from './topics.js';
import type { Indexed, IndexedChange } from './transactions.js';

export { candleSymbol } from './candleSymbol.js';
export type { CredentialsProvider, CredentialsRequest, DxLinkCredentials } from './credentials.js';
export type { DxEvent, DxEventType } from './eventTypes.js';
export type { IndexedState } from './indexedFeed.js';
export {
  type OptionContract,
  futureOptionToStreamer,
  futureToStreamer,
  occToStreamer,
  optionContractOf,
  streamerToFuture,
  streamerToOcc,
} from './optionSymbol.js';
export type { DxOrder, OrderList } from './orders.js';
export type { DxQuote } from './quote.js';
export type { TimeSeries } from './timeSeries.js';
export type { DxContract } from './topics.js';

export interface DxLinkOptions extends ExchangeOptions {
  /** The venue's name in errors and faults. Default: `dxlink`. */
  readonly venue?: string;
  /** Where to connect, unless `credentials` say. Default: the public demo of dxFeed, delayed and without a token. */
  readonly url?: string;
  /** Asked before each attempt, ahead of each token's end, and when a token was refused. Default: none are needed. */
  readonly credentials?: CredentialsProvider;
  /** How long before its end a token is renewed, in ms. Default: 300,000. */
  readonly refreshAhead?: number;
  /** How long both sides may be silent, in seconds: asked of the server, which may say more. Default: 60. */
  readonly keepalive?: number;
  /** Default: `COMPACT`, which is a third of the bytes. */
  readonly dataFormat?: 'COMPACT' | 'FULL';
  /** How often the venue sends, in seconds, on `TICKER` and `AUTO`; 0: as it happens. Other contracts ask for 0. Default: 0.1. */
  readonly aggregationPeriod?: number;
  /**
   * How long a symbol may be silent after it was subscribed, in ms, until it is reported as `unconfirmed` and asked for
   * again (ever more seldom). Unknown symbols and those one has no right to are silent. Default: 10,000.
   */
  readonly silentAfter?: number;
}

export interface EventOptions {
  /** Default: what suits the type, `TICKER`, `STREAM` or `HISTORY`. */
  readonly contract?: DxContract;
  /** For Order, SpreadOrder and AnalyticOrder. In the venue's own case: `NTV` and `ntv` are two books. */
  readonly source?: string;
  /** For HISTORY and AUTO: from when on, in ms since 1970. */
  readonly from?: number;
}

export interface DxBookOptions {
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

export interface DomOptions {
  /** Of which the depth is made. Default: `['ntv']`. */
  readonly sources?: readonly string[];
  /** Levels on each side; default: as many as the venue sends. */
  readonly depthLimit?: number;
  /** How often it is sent, in seconds. Default: as the venue has it. */
  readonly aggregationPeriod?: number;
  /** As in {@link DxBookOptions}. */
  readonly refreshEvery?: number;
}

/** Market data over dxLink. Symbols as dxFeed spells them: `AAPL`, `.AAPL250117C150`, `/ESM25:XCME`, `BTC/USD:CXTALP`. */
export interface DxLinkExchange extends Exchange {
  /** Best bid and ask. Late observers get the latest. */
  quotes(symbol: string, options?: EventOptions): Observable<DxQuote>;
  /** The latest trade of a session, with the day's volume. Late observers get the latest. */
  trades(symbol: string, options?: EventOptions): Observable<DxEvent<'Trade'>>;
  /** Late observers get the latest of these. */
  greeks(symbol: string, options?: EventOptions): Observable<DxEvent<'Greeks'>>;
  summaries(symbol: string, options?: EventOptions): Observable<DxEvent<'Summary'>>;
  profiles(symbol: string, options?: EventOptions): Observable<DxEvent<'Profile'>>;
  underlyings(symbol: string, options?: EventOptions): Observable<DxEvent<'Underlying'>>;
  theoPrices(symbol: string, options?: EventOptions): Observable<DxEvent<'TheoPrice'>>;
  /** Every trade as it happens, with corrections and cancellations (`type`). */
  timeAndSales(symbol: string): Observable<DxEvent<'TimeAndSale'>>;
  messages(symbol: string): Observable<DxEvent<'Message'>>;
  /** Trades since a time, in ms, kept right: corrections replace, cancellations take away. */
  timeAndSalesSince(symbol: string, from: number): Observable<IndexedState<TimeSeries<DxEvent<'TimeAndSale'>>>>;
  /**
   * Candles since a time, in ms. The history arrives as one snapshot; the present candle is replaced as it grows.
   *
   * @param period `5m`, `1d`, `1h,tho=true`: see {@link candleSymbol}.
   */
  candles(symbol: string, period: string, from: number): Observable<IndexedState<TimeSeries<DxEvent<'Candle'>>>>;
  /** The option series of an underlying: one row for each expiration. */
  series(symbol: string): Observable<IndexedState<TimeSeries<DxEvent<'Series'>>>>;
  /** The events of any type as they come, of one symbol or several; `*` is for STREAM and AUTO. */
  events<T extends DxEventType>(
    type: T,
    symbols: string | readonly string[],
    options?: EventOptions,
  ): Observable<DxEvent<T>>;
  /** The live book that the orders of a source make, order by order. Late observers get the present state. */
  book(symbol: string, options?: DxBookOptions): Observable<BookState>;
  /** The events that make the same book: `reset`, `snapshot`, then diffs. */
  depth(symbol: string, options?: DxBookOptions): Observable<DepthEvent>;
  /** The orders themselves. */
  orders(symbol: string, options?: DxBookOptions): Observable<IndexedState<OrderList>>;
  /** The live book of the DOM service: whole each time, cut to a depth by the venue. */
  dom(symbol: string, options?: DomOptions): Observable<BookState>;
  /** What the running book of a symbol has counted since it began; absent where none runs. */
  tally(symbol: string): BookTally | undefined;
  /** Has the books of a symbol mended by hand, or every book. They are stale until they are. */
  resync(symbol?: string): void;
}

/** How long a snapshot may stand still or take, in ms. */
const SNAPSHOT_WITHIN = 10_000;

/**
 * dxLink market data: dxFeed's protocol, used by tastytrade. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function dxlink(options: DxLinkOptions = {}): DxLinkExchange {
  const { venue = 'dxlink', url = DEMO, refreshAhead = 300_000, keepalive = 60, silentAfter } = options;
  const { dataFormat = 'COMPACT', aggregationPeriod = 0.1 } = options;
  check('keepalive', 'a number of seconds above 0', keepalive, keepalive > 0);
  check('aggregationPeriod', 'a number of seconds from 0 on', aggregationPeriod, aggregationPeriod >= 0);
  check('refreshAhead', 'a number of ms from 0 on', refreshAhead, refreshAhead >= 0);
  const limits = wireLimits(keepalive);
  const periodOf = (contract: DxContract): number =>
    contract === 'TICKER' || contract === 'AUTO' ? aggregationPeriod : 0;
  const core: VenueCore = makeVenueCore(
    {
      venue,
      wires: {
        [GROUP]: {
          limits,
          endpoint: () => tokens.fresh().pipe(map((fresh) => ({ url: fresh.url ?? url }))),
          dialect: (link) =>
            dxLinkDialect(link, {
              ...{ venue, tokens, keepalive, dataFormat, aggregationPeriod: periodOf },
              ...{ requestBytes: limits.requestBytes, scheduler: core.scheduler },
            }),
        },
      },
    },
    [],
    { ...options, ...(silentAfter !== undefined && { confirmWithin: silentAfter }) },
  );
  const { scheduler, random, report } = core;
  const provider = options.credentials ?? (() => [{}]);
  const tokens = new DxLinkTokens({ venue, provider, renewAhead: refreshAhead, scheduler, random, report });
  const tallies = new Map<string, { readonly symbol: string; readonly tally: MutableTally }>();
  const resyncs = new Subject<string | undefined>();

  const channel = <T extends DxEventType>(
    type: T,
    symbol: string,
    options: EventOptions = {},
  ): ChannelSpec<DxEvent<T>> => {
    const { contract = contractOf(type), source, from } = options;
    return {
      topic: feedTopic({ contract, type, symbol: normalSymbol(symbol), source, fromTime: from }),
      decode: eventReader(type),
    };
  };
  const events = <T extends DxEventType>(type: T, symbol: string, options?: EventOptions): Observable<DxEvent<T>> => {
    const spec = channel(type, symbol, options);
    return isLasting(type) ? core.current(spec) : core.stream(spec);
  };
  const list = <E extends Indexed, V>(
    source: ChannelSpec<E>,
    fold: (value: V | undefined, change: IndexedChange<E>) => V,
    refreshEvery?: number,
  ): Observable<IndexedState<V>> =>
    foldedChannel(
      core,
      `list ${source.topic.key} ${String(refreshEvery ?? '')}`,
      source,
      (context) => (channel$) =>
        channel$.pipe(
          assemble<E>({ scheduler: core.scheduler, within: SNAPSHOT_WITHIN }),
          indexedFeed<E, V>({ ...context, fold, answerWithin: SNAPSHOT_WITHIN, refreshEvery }),
        ),
    );
  const orderChannel = (symbol: string, { source = 'NTV', type = 'Order' }: DxBookOptions): ChannelSpec<DxOrder> =>
    channel(type, symbol, { source });
  const bookUpdates = (symbol: string, options: DxBookOptions = {}): Observable<FeedUpdate> => {
    const { refreshEvery } = options;
    const source = orderChannel(symbol, options);
    const key = `book ${source.topic.key} ${String(refreshEvery ?? '')}`;
    return foldedChannel(core, key, source, (context) => (channel$) => {
      const tally = emptyTally();
      tallies.set(key, { symbol, tally });
      const resync$ = resyncs.pipe(filter((wanted) => wanted === undefined || wanted === symbol));
      return channel$.pipe(
        orderBook({ ...context, instrument: symbol, within: SNAPSHOT_WITHIN, tally, resync$, refreshEvery }),
        finalize(() => {
          tallies.delete(key);
        }),
      );
    });
  };

  return {
    ...core.exchange,
    quotes: (symbol, options) => events('Quote', symbol, options).pipe(map(quoteOf)),
    trades: (symbol, options) => events('Trade', symbol, options),
    greeks: (symbol, options) => events('Greeks', symbol, options),
    summaries: (symbol, options) => events('Summary', symbol, options),
    profiles: (symbol, options) => events('Profile', symbol, options),
    underlyings: (symbol, options) => events('Underlying', symbol, options),
    theoPrices: (symbol, options) => events('TheoPrice', symbol, options),
    timeAndSales: (symbol) => events('TimeAndSale', symbol),
    messages: (symbol) => events('Message', symbol),
    timeAndSalesSince: (symbol, from) =>
      list(channel('TimeAndSale', symbol, { contract: 'HISTORY', from }), foldTimeSeries),
    candles: (symbol, period, from) => list(channel('Candle', candleSymbol(symbol, period), { from }), foldTimeSeries),
    series: (symbol) => list(channel('Series', symbol), foldTimeSeries),
    events: (type, symbols, options) =>
      typeof symbols === 'string'
        ? events(type, symbols, options)
        : merge(...[...new Set(symbols)].map((symbol) => events(type, symbol, options))),
    book: (symbol, options) => statesOf(bookUpdates(symbol, options)),
    depth: (symbol, options) => eventsOf(bookUpdates(symbol, options)),
    orders: (symbol, options = {}) => list(orderChannel(symbol, options), foldOrders, options.refreshEvery),
    dom: (symbol, { sources = ['ntv'], depthLimit, aggregationPeriod: period, refreshEvery } = {}) => {
      const source = domChannel({ symbol, sources, depthLimit, aggregationPeriod: period });
      const key = `${source.topic.key} ${String(refreshEvery ?? '')}`;
      const rules = { rule: noRule, join: 'frame', mend: 'resubscribe', answerWithin: SNAPSHOT_WITHIN } as const;
      return core.book({ key, source, instrument: symbol, ...rules, resyncEvery: refreshEvery }).state$;
    },
    tally: (symbol) => [...tallies.values()].filter((one) => one.symbol === symbol).at(-1)?.tally ?? core.tally(symbol),
    resync: (symbol) => {
      resyncs.next(symbol);
      core.resync(symbol);
    },
  };
}

function check(field: string, expected: string, value: number, isRight: boolean): void {
  if (!isRight) throw new InvalidArgumentError(field, expected, value);
}
