import {
  type Observable,
  EMPTY,
  catchError,
  concat,
  defer,
  filter,
  ignoreElements,
  merge,
  mergeMap,
  of,
  takeUntil,
  tap,
  throwError,
} from 'rxjs';
import { increasingRule } from '../../book/continuity/increasing.js';
import { stepRule } from '../../book/continuity/step.js';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { accountStreams } from '../../feed/accountStreams.js';
import type { Audit } from '../../feed/audit.js';
import { Credentials } from '../../feed/credentials.js';
import type { Exchange, ExchangeOptions } from '../../feed/exchange.js';
import type { Requests } from '../../feed/requests.js';
import { type BookStreams, type VenueCore, makeVenueCore } from '../../feed/venueCore.js';
import type { AccountEvent, AccountState } from '../../model/accountEvent.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Candle } from '../../model/candle.js';
import type { DepthEvent, DepthSnapshot } from '../../model/depthEvent.js';
import type { WirePlan } from '../../socket/plan.js';
import { assetOf } from './asset.js';
import { candlesChannel } from './candles.js';
import { depthChannel } from './depth.js';
import { connections, hostsOf, requestRate, signInRate } from './endpoint.js';
import { type TplusOpenOrders, foldOrders, loadOrders } from './openOrders.js';
import type { TplusOrderEvent } from './orderEvent.js';
import { ordersChannel } from './orders.js';
import { makeAsk } from './rest.js';
import { type TplusAccount, checkAccount, signIn } from './signIn.js';
import { depthSnapshot } from './snapshot.js';
import { type TplusTicker, tickerChannel } from './ticker.js';
import { type TplusTrade, allTradesChannel, finalizedTradesChannel } from './trades.js';
import { type TplusFills, type TplusUserTrade, foldFills, loadFills, userTradesChannel } from './userTrades.js';
import { wirePlan } from './wire.js';

export type { TplusOpenOrders } from './openOrders.js';
export type { BookDecimals, TplusOrder, TplusOrderEvent } from './orderEvent.js';
export type { TplusAccount } from './signIn.js';
export type { TplusTicker } from './ticker.js';
export type { TplusTrade, TplusTradeStatus } from './trades.js';
export type { TplusFills, TplusUserTrade } from './userTrades.js';

export interface TplusOptions extends ExchangeOptions {
  /** The order service. Default: `https://oms.tplus.cx`. What stands behind its host is dropped. */
  readonly orderUrl?: string;
  /** The market data service. Default: that of `orderUrl`: `mds.X` for `oms.X`, else the same host. */
  readonly marketUrl?: string;
  /**
   * How the numbers of a book follow one another. `strict`: each is the one after the one before, and a loss is noticed.
   * `increasing`: they only grow, and a loss can't be seen; for the case that the venue leaves numbers out, which no
   * document says or denies. Default: `strict`.
   */
  readonly sequence?: 'strict' | 'increasing';
}

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
  /** The present bar as it grows. Its width is the server's setting. Late observers get the latest. */
  candles(asset: string): Observable<Candle>;
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

/**
 * T+. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function tplus(options: TplusOptions & { readonly account: TplusAccount }): TplusAccountExchange;
export function tplus(options?: TplusOptions): TplusExchange;
export function tplus(
  options: TplusOptions & { readonly account?: TplusAccount } = {},
): TplusExchange | TplusAccountExchange {
  const { account, sequence = 'strict' } = options;
  const hosts = hostsOf(options.orderUrl, options.marketUrl);
  const rule = rules[sequence];
  // Callers without types are told, too.
  if ((rule as unknown) === undefined) throw new InvalidArgumentError('sequence', 'strict, increasing', sequence);
  if (account !== undefined) checkAccount(account);

  const wireOf = (group: string): WirePlan | undefined =>
    wirePlan(group, { hosts, account, credentials: () => credentials });
  const core = makeVenueCore({ venue: 'tplus', wires: {}, wireOf, connections }, [requestRate, signInRate], options);
  const { scheduler, random } = core;
  const report: VenueCore['report'] = (fault) => {
    core.report(fault);
  };
  const requests: Pick<Requests, 'send'> = { send: (request) => core.requests.send(request, [1, 0]) };
  const signing: Pick<Requests, 'send'> = { send: (request) => core.requests.send(request, [1, 1]) };
  const credentials: Credentials<string> | undefined =
    account === undefined
      ? undefined
      : new Credentials({
          ...{ venue: 'tplus', name: 'token', scheduler, random, report },
          obtain: () => signIn(hosts.order, signing, account),
        });

  const snapshotOf = (asset: string): Observable<DepthSnapshot> => depthSnapshot(hosts, requests, scheduler, asset);
  const closed$ = concat(core.exchange.connection$.pipe(ignoreElements()), of(true));
  const known = new Set<string>();
  /** Errors where there is no such market: its socket would stay silent. Asked once; what else fails says nothing. */
  const exists = (asset: string): Observable<never> =>
    defer(() => (known.has(asset) ? EMPTY : snapshotOf(asset))).pipe(
      tap(() => known.add(asset)),
      catchError((error: unknown) => (error instanceof SubscriptionRefusedError ? throwError(() => error) : EMPTY)),
      ignoreElements(),
      takeUntil(closed$),
    );
  const ofAsset = <T>(asset: string, stream: (name: string) => Observable<T>): Observable<T> => {
    const name = assetOf(asset);
    return merge(stream(name), exists(name));
  };
  const bookOf = (asset: string, { silentAfter, audit }: TplusBookOptions = {}): BookStreams => {
    const instrument = assetOf(asset);
    const source = depthChannel(instrument);
    return core.book({
      key: [source.topic.key, silentAfter, audit?.key].join(),
      ...{ source, instrument, rule, silentAfter, audit },
      join: 'request',
      mend: 'request',
      snapshot: () => snapshotOf(instrument),
    });
  };
  const finalizedTrades = (): Observable<TplusTrade> => core.stream(finalizedTradesChannel());

  const exchange: TplusExchange = {
    ...core.exchange,
    book: (asset, book) => bookOf(asset, book).state$,
    depth: (asset, book) => bookOf(asset, book).event$,
    finalizedTrades,
    trades: (asset) =>
      ofAsset(asset, (name) => finalizedTrades().pipe(filter(({ instrument }) => instrument === name))),
    allTrades: () => core.stream(allTradesChannel()),
    candles: (asset) => ofAsset(asset, (name) => core.current(candlesChannel(name)).pipe(mergeMap((bars) => bars))),
    ticker: (asset) =>
      ofAsset(asset, (name) => core.current(tickerChannel(name)).pipe(filter((ticker) => ticker !== undefined))),
    tally: (asset) => core.tally(assetOf(asset)),
    resync: (asset) => {
      core.resync(asset === undefined ? undefined : assetOf(asset));
    },
  };
  if (account === undefined || credentials === undefined) return exchange;

  const { userId } = account;
  const ask = makeAsk(hosts.order, requests, credentials, userId);
  const orders = accountStreams(core, {
    source: ordersChannel(userId),
    reload: () => loadOrders(userId, ask),
    fold: foldOrders,
  });
  const userTrades = accountStreams(core, {
    source: userTradesChannel(),
    reload: () => loadFills(userId, ask),
    fold: foldFills,
  });
  return {
    ...exchange,
    orders: () => orders.event$,
    openOrders: () => orders.state$,
    userTrades: () => userTrades.event$,
    fills: () => userTrades.state$,
  };
}

const rules = { strict: stepRule, increasing: increasingRule } as const;
