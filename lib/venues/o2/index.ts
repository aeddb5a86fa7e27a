import {
  type Observable,
  concat,
  defer,
  distinctUntilChanged,
  endWith,
  ignoreElements,
  of,
  switchMap,
  takeUntil,
} from 'rxjs';
import { noRule } from '../../book/continuity/none.js';
import { replaceRule } from '../../book/continuity/replace.js';
import { absoluteSizes, signedSizes } from '../../book/signedSizes.js';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import type { Exchange, ExchangeOptions } from '../../feed/exchange.js';
import { every } from '../../socket/every.js';
import { type BookStreams, eachValue, makeVenueCore } from '../../feed/venueCore.js';
import type { AccountEvent, AccountState } from '../../model/accountEvent.js';
import type { BookState, SyncingBook } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { Trade } from '../../model/trade.js';
import { Accounts } from './accounts.js';
import type { O2Balance } from './balances.js';
import { type O2Frequency, type O2Precision, depthChannel, depthViewChannel } from './depth.js';
import { o2Dialect } from './dialect.js';
import { type O2Chain, chains, requestRate, restOf, socketOf, wireLimits } from './endpoint.js';
import { type O2Identity, accountOf, ownerOf } from './ids.js';
import { Markets, type O2Market } from './markets.js';
import type { O2Nonce } from './nonce.js';
import type { O2Order } from './orders.js';
import { Rest } from './rest.js';
import { GROUP } from './topics.js';
import { tradesChannel } from './trades.js';

export type { O2Balance } from './balances.js';
export type { O2Frequency, O2Precision } from './depth.js';
export type { O2Chain } from './endpoint.js';
export type { O2Identity } from './ids.js';
export type { O2Asset, O2Market } from './markets.js';
export type { O2Nonce } from './nonce.js';
export type { O2Order, O2OrderType } from './orders.js';

export interface O2Options extends ExchangeOptions {
  /** Default: `mainnet`. */
  readonly chain?: O2Chain;
  /** The socket, `wss://…/v1/ws`; without a path that one is added. Default: the chain's own. */
  readonly url?: string;
  /** The REST base. Default: the chain's own, or the host of `url` where that is given. */
  readonly restUrl?: string;
  /**
   * What the sizes of depth updates are: changes of what stands at the price, or the new sizes. Which of the two the
   * venue sends is unproven; two of its own clients expect changes. What arrives contradicting the setting makes the
   * book stale and is told as a `gap` that says so. Default: `signed-change`.
   */
  readonly sizes?: 'signed-change' | 'absolute';
  /** Channels on one connection before a further one is opened. The venue documents no bound. Default: 100. */
  readonly channelsPerWire?: number;
  /** Loads live orders, balances and nonces anew every so often, in ms. Default: never. */
  readonly reloadEvery?: number;
}

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
export interface O2Exchange extends Exchange {
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

const SYNCING: SyncingBook = { status: 'syncing' };

/**
 * O2. Cold: opens and asks nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function o2(options: O2Options = {}): O2Exchange {
  const { chain = 'mainnet', url, channelsPerWire = 100, sizes = 'signed-change', reloadEvery } = options;
  checkOptions(chain, sizes, channelsPerWire);
  const socketUrl = url === undefined ? chains[chain].socket : socketOf(url);
  const restUrl = (options.restUrl ?? (url === undefined ? chains[chain].rest : restOf(url))).replace(/\/+$/, '');
  const wire = { endpoint: () => [{ url: socketUrl }], dialect: o2Dialect, limits: wireLimits(channelsPerWire) };
  const core = makeVenueCore({ venue: 'o2', wires: { [GROUP]: wire } }, [requestRate], options);
  const { exchange, random, requests, scheduler } = core;
  const rest = new Rest(restUrl, requests);
  const closed$ = exchange.faults$.pipe(ignoreElements(), endWith(true));
  const markets = new Markets({
    rest,
    scheduler,
    closed$,
    random,
    report: (fault) => {
      core.report(fault);
    },
  });
  const accounts = new Accounts({ core, rest, markets, reloadEvery });

  /** A stream of a market, which has to be known first: frames bear no decimals. */
  const of$ = <T>(name: string, make: (market: O2Market) => Observable<T>): Observable<T> =>
    defer(() => {
      const known = markets.named(name);
      return known === undefined ? markets.find(name).pipe(takeUntil(closed$), switchMap(make)) : make(known);
    });
  const bookOf = (name: string, make: (market: O2Market) => BookStreams): Observable<BookState> =>
    defer(() => {
      const state$ = of$(name, (market) => make(market).state$);
      if (markets.named(name) !== undefined) return state$;
      return concat(of(SYNCING), state$).pipe(
        distinctUntilChanged((before, after) => before.status === 'syncing' && after.status === 'syncing'),
      );
    });

  const depthOf =
    ({ precision = 10, silentAfter, refreshEvery }: O2BookOptions = {}) =>
    (market: O2Market): BookStreams => {
      const source = depthChannel(market, precision);
      return core.book({
        key: [source.topic.key, silentAfter, refreshEvery].join(),
        source,
        instrument: market.id,
        rule: noRule,
        join: 'frame',
        mend: 'resubscribe',
        sizes: sizes === 'absolute' ? absoluteSizes : signedSizes,
        silentAfter,
        planned$: refreshEvery === undefined ? undefined : every(refreshEvery, core.scheduler),
      });
    };

  return {
    ...exchange,
    markets: () => markets.all().pipe(takeUntil(closed$)),
    market: (name) => markets.find(name).pipe(takeUntil(closed$)),
    book: (name, book) => bookOf(name, depthOf(book)),
    depth: (name, book) => of$(name, (market) => depthOf(book)(market).event$),
    depthView: (name, { precision = 10, frequency = '500ms' } = {}) =>
      bookOf(name, (market) => {
        const source = depthViewChannel(market, precision, frequency);
        const key = source.topic.key;
        return core.book({ key, source, instrument: market.id, rule: replaceRule, join: 'frame', mend: 'resubscribe' });
      }),
    trades: (name) => of$(name, (market) => eachValue(core, tradesChannel(market))),
    orders: (account) => accounts.orders(accountOf(account)).event$,
    openOrders: (account) => accounts.orders(accountOf(account)).state$,
    balanceUpdates: (identity) => accounts.balances(ownerOf(identity)).event$,
    balances: (identity) => accounts.balances(ownerOf(identity)).state$,
    nonceUpdates: (account) => accounts.nonce(accountOf(account)).event$,
    nonce: (account) => accounts.nonce(accountOf(account)).state$,
    tally: (name) => core.tally(markets.named(name)?.id ?? name),
    resync: (name) => {
      core.resync(name === undefined ? undefined : (markets.named(name)?.id ?? name));
    },
  };
}

/** Callers without types are told, too. */
function checkOptions(chain: string, sizes: string, channelsPerWire: number): void {
  if (!Object.hasOwn(chains, chain)) throw new InvalidArgumentError('chain', Object.keys(chains).join(', '), chain);
  if (sizes !== 'signed-change' && sizes !== 'absolute') {
    throw new InvalidArgumentError('sizes', 'signed-change, absolute', sizes);
  }
  if (Number.isInteger(channelsPerWire) && channelsPerWire >= 1) return;
  throw new InvalidArgumentError('channelsPerWire', 'a whole number from 1 on', channelsPerWire);
}
