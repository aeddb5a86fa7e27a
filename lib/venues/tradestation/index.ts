import { type Observable, defer, endWith, filter, from, ignoreElements, map, mergeMap, takeUntil } from 'rxjs';
import { replaceRule } from '../../book/continuity/replace.js';
import { reader } from '../../codec/read.js';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import { accountEventsOf, accountStatesOf, accountStreams } from '../../feed/accountStreams.js';
import { Credentials } from '../../feed/credentials.js';
import type { Exchange } from '../../feed/exchange.js';
import { streamingNetwork } from '../../feed/streamingNetwork.js';
import { type BookStreams, type VenueCore, foldedChannel, makeVenueCore } from '../../feed/venueCore.js';
import type { AccountEvent, AccountState } from '../../model/accountEvent.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Candle } from '../../model/candle.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { WirePlan } from '../../socket/plan.js';
import { makeSharedStreams } from '../../socket/sharedStreams.js';
import { type TradestationBalanceChange, balances } from './balances.js';
import {
  type BarUpdate,
  type TradestationBars,
  type TradestationCandles,
  barsRequest,
  candleEvents,
  candleOf,
  foldBars,
} from './candles.js';
import { type TradestationBookOptions, depthChannel, depthReader, depthRequest } from './depth.js';
import { requestRate } from './endpoint.js';
import { type TradestationFill, fillsIn } from './fills.js';
import { BarFrame, SpreadFrame, TickBarFrame } from './frames.js';
import { type TradestationOptions, settingsOf } from './options.js';
import {
  type TradestationOrderEvent,
  type TradestationOrders,
  foldOrders,
  hasOpenOrders,
  loadOrders,
  ordersChannel,
  ordersReader,
} from './orders.js';
import {
  type TradestationPositionEvent,
  type TradestationPositions,
  foldPositions,
  positionsChannel,
  positionsReader,
} from './positions.js';
import { type QuoteUpdate, type TradestationQuote, foldQuotes, quoteChannel } from './quotes.js';
import { type StreamRequest, accountsOf, brokerageRequest, marketDataRequest, symbolOf } from './request.js';
import { makeAsk } from './rest.js';
import { makeSlots } from './slots.js';
import {
  type TradestationChainOptions,
  type TradestationOptionChain,
  type TradestationOptionLeg,
  type TradestationOptionQuotesOptions,
  type TradestationSpread,
  chainRequest,
  foldSpreads,
  optionQuotesRequest,
} from './spreads.js';
import { tokensBy } from './tokens.js';
import { type TradestationTickBar, type TradestationTrade, tickBarOf, tradeIn, tradeOfTick } from './trades.js';
import { type StreamSpec, makeWires, networkOf } from './wire.js';

export type { TradestationBalanceChange } from './balances.js';
export type { TradestationBars, TradestationCandles } from './candles.js';
export type { TradestationBookOptions } from './depth.js';
export type { TradestationEnvironment } from './endpoint.js';
export type { TradestationFill } from './fills.js';
export type { TradestationOptions } from './options.js';
export type {
  TradestationOrder,
  TradestationOrderEvent,
  TradestationOrderLeg,
  TradestationOrderState,
  TradestationOrders,
} from './orders.js';
export type { TradestationPosition, TradestationPositionEvent, TradestationPositions } from './positions.js';
export type { TradestationQuote } from './quotes.js';
export type { StreamRequest } from './request.js';
export type {
  TradestationChainOptions,
  TradestationOptionChain,
  TradestationOptionLeg,
  TradestationOptionQuotesOptions,
  TradestationSpread,
} from './spreads.js';
export type { TradestationLogin, TradestationTokens } from './tokens.js';
export type { TradestationTickBar, TradestationTrade } from './trades.js';
export {
  type StreamCodec,
  type StreamTransport,
  type TransportContext,
  type WebSocketTransportConfig,
  httpTransport,
  plainCodec,
  webSocketTransport,
} from './transport.js';

/**
 * TradeStation's market data and accounts. Each stream is a connection of its own, which takes one of
 * `maxConcurrentStreams` slots; quotes share one for up to 100 symbols. Symbols are sent in upper case.
 *
 * All streams error with a `SubscriptionRefusedError` where the venue refuses them for good, and with an
 * `AuthenticationRefusedError` where it does not know the refresh token any more.
 */
export interface TradestationExchange extends Exchange {
  /** The quote of a symbol, whole each time. Late observers get the present one at once. */
  quote(symbol: string): Observable<TradestationQuote>;
  /** The same of several. */
  quotes(symbols: readonly string[]): Observable<TradestationQuote>;
  /**
   * Trades as far as they can be told: of changes of the quote, or, by `tickBar`, of bars of one tick. See
   * `TradestationTrade` for what each can miss.
   */
  trades(symbol: string, by?: TradestationTrade['source']): Observable<TradestationTrade>;
  /** Bars of so many ticks (1 to 64,999), after up to 10 of the past; from an older interface of the venue. */
  tickBars(
    symbol: string,
    bars?: { readonly ticks?: number; readonly barsBack?: number },
  ): Observable<TradestationTickBar>;
  /** Bars: those of the past, oldest first, then each as it grows. Begins anew with each session. */
  candles(symbol: string, bars?: TradestationBars): Observable<Candle>;
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
  /** The orders of today as they stand, folded from the same. */
  orderBook(accounts: readonly string[]): Observable<AccountState<TradestationOrders>>;
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
  /** How many slots are taken. */
  openStreams(): number;
}

/**
 * TradeStation. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function tradestation(options: TradestationOptions): TradestationExchange {
  const settings = settingsOf(options);
  const { baseUrl, login, transport, gatherFor, reloadEvery, linger } = settings;
  const network = networkOf(options.network ?? streamingNetwork());
  const backoff = { base: 1_000, stableAfter: 60_000, ...options.backoff };
  const specs = new Map<string, StreamSpec>();

  // Its wires are asked for when there is something to carry, long after all of this is there.
  const wireOf = (group: string): WirePlan | undefined => {
    const spec = specs.get(group);
    return group === 'quotes' ? wires.quotes() : spec && wires.stream(spec);
  };
  const core = makeVenueCore({ venue: 'tradestation', wires: {}, wireOf }, [requestRate], {
    ...options,
    ...{ network, backoff, wireLinger: 0 },
  });
  const { scheduler, random, requests } = core;
  const report: VenueCore['report'] = (fault) => {
    core.report(fault);
  };
  const obtain = typeof login === 'function' ? login : tokensBy(login, requests, scheduler, settings.tokenUrl);
  const credentials = new Credentials<string>({
    ...{ venue: 'tradestation', name: 'token', scheduler, random, report, obtain },
    renewAhead: settings.renewAhead,
  });
  const slots = makeSlots({ most: settings.maxConcurrentStreams, whenFull: settings.whenFull, scheduler });
  const wires = makeWires({ network, transport, baseUrl, slots, credentials, scheduler, random, gather: gatherFor });
  const ask = makeAsk(baseUrl, requests, credentials);
  const shared = makeSharedStreams({ linger, scheduler });
  const closed$ = core.exchange.connection$.pipe(ignoreElements(), endWith(true));

  /** A stream about one thing has a wire of its own, which is opened by this. */
  const opened = (request: StreamRequest, readerOf: StreamSpec['reader']): StreamRequest => {
    specs.set(request.key, { request, reader: readerOf });
    return request;
  };
  const delivering =
    (key: string): StreamSpec['reader'] =>
    (link) => ({
      data: (frame) => {
        link.deliver(key, frame);
      },
    });
  const told = <T>(values$: Observable<T | undefined>): Observable<T> =>
    values$.pipe(filter((value) => value !== undefined));

  const quoteUpdates = (symbol: string): Observable<QuoteUpdate> => {
    const source = quoteChannel(symbolOf(symbol));
    return told(foldedChannel(core, source.topic.key, source, foldQuotes));
  };
  const quote = (symbol: string): Observable<TradestationQuote> =>
    quoteUpdates(symbol).pipe(map((update) => update.quote));
  const quoteTrades = (symbol: string): Observable<TradestationTrade> =>
    told(
      defer(() => {
        const updates$ = quoteUpdates(symbol);
        let volume: number | undefined;
        let isFirst = true;
        return updates$.pipe(
          map((update) => {
            // What a late observer is given at once has been told before.
            const trade = isFirst ? undefined : tradeIn(update, volume);
            isFirst = false;
            volume = update.quote.volume;
            return trade;
          }),
        );
      }),
    );
  const tickBars = (symbol: string, { ticks = 1, barsBack = 1 } = {}): Observable<TradestationTickBar> => {
    const name = symbolOf(symbol);
    if (!Number.isInteger(ticks) || ticks < 1 || ticks > 64_999)
      throw new InvalidArgumentError('ticks', '1 to 64999', ticks);
    if (!Number.isInteger(barsBack) || barsBack < 1 || barsBack > 10) {
      throw new InvalidArgumentError('barsBack', '1 to 10', barsBack);
    }
    const path = `/v2/stream/tickbars/${encodeURIComponent(name)}/${ticks}/${barsBack}`;
    const request = marketDataRequest('tickBars', 'tickbars', path, {}, { symbol: name, ticks, barsBack });
    const { key } = opened(request, delivering(request.key));
    return core.stream({ topic: { key, group: key }, decode: reader(TickBarFrame, tickBarOf(name)) });
  };
  const bars = (symbol: string, wanted: TradestationBars = {}): Observable<BarUpdate | undefined> => {
    const name = symbolOf(symbol);
    const request = barsRequest(name, wanted);
    const { key } = opened(request, delivering(request.key));
    const decode = reader(BarFrame, (bar, at) => ({ bar, candle: candleOf(name, wanted, bar, at) }));
    return foldedChannel(core, key, { topic: { key, group: key }, decode }, foldBars);
  };
  const bookOf = (symbol: string, wanted: TradestationBookOptions = {}): BookStreams => {
    const request = depthRequest(symbol, wanted);
    const instrument = symbolOf(symbol);
    opened(request, depthReader(request.key));
    return core.book({
      key: request.key,
      source: depthChannel(request, instrument, wanted.by ?? 'participants'),
      ...{ instrument, rule: replaceRule, join: 'frame', mend: 'resubscribe' },
    });
  };
  const spreads = (request: StreamRequest, name: string): Observable<TradestationOptionChain> => {
    const { key } = opened(request, delivering(request.key));
    const decode = reader(SpreadFrame, (frame, at) => ({ frame, at }));
    return told(foldedChannel(core, key, { topic: { key, group: key }, decode }, foldSpreads(name)));
  };
  const ordersOf = (accounts: readonly string[]) => {
    const names = accountsOf(accounts);
    const request = brokerageRequest('orders', names, {});
    const { key } = opened(request, ordersReader(request.key));
    return accountStreams(core, {
      source: ordersChannel(request),
      reload: () => loadOrders(key, names, ask),
      ...{ fold: foldOrders, reloadEvery, reloadWhile: hasOpenOrders },
    });
  };
  const positionsOf = (accounts: readonly string[]) => {
    const request = brokerageRequest('positions', accountsOf(accounts), { changes: 'true' });
    const { key } = opened(request, positionsReader(request.key));
    return foldedChannel(core, key, positionsChannel(request), foldPositions);
  };

  return {
    ...core.exchange,
    quote,
    quotes: (symbols) => from(new Set(symbols.map(symbolOf))).pipe(mergeMap(quote)),
    trades: (symbol, by = 'quote') =>
      by === 'quote' ? quoteTrades(symbol) : told(tickBars(symbol).pipe(map(tradeOfTick))),
    tickBars,
    candles: (symbol, wanted) =>
      candleEvents(bars(symbol, wanted)).pipe(
        mergeMap((event) => (event.type === 'snapshot' ? event.candles : [event.candle])),
      ),
    candleEvents: (symbol, wanted) => candleEvents(bars(symbol, wanted)),
    book: (symbol, wanted) => bookOf(symbol, wanted).state$,
    depth: (symbol, wanted) => bookOf(symbol, wanted).event$,
    optionChain: (underlying, wanted = {}) => spreads(chainRequest(underlying, wanted), symbolOf(underlying)),
    optionQuotes: (legs, wanted = {}) =>
      spreads(optionQuotesRequest(legs, wanted), legs.map(({ symbol }) => symbolOf(symbol)).join(', ')).pipe(
        map(({ latest }) => latest),
      ),
    orders: (accounts) => ordersOf(accounts).event$,
    orderBook: (accounts) => ordersOf(accounts).state$,
    fills: (accounts) => fillsIn(ordersOf(accounts).event$),
    positionEvents: (accounts) => accountEventsOf(positionsOf(accounts), scheduler),
    positions: (accounts) => accountStatesOf(positionsOf(accounts)),
    balances: (accounts, { every = 30_000 } = {}) => {
      const names = accountsOf(accounts);
      if (!(every > 0)) throw new InvalidArgumentError('every', 'a number of ms above 0', every);
      const key = `balances ${names.join(',')} ${every}`;
      const asked = (): Observable<TradestationBalanceChange> =>
        balances({ accounts: names, every, ask, scheduler, report }).pipe(takeUntil(closed$));
      return shared(key, false, asked);
    },
    tally: (symbol) => core.tally(symbolOf(symbol)),
    openStreams: slots.taken,
  };
}
