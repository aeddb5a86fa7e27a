import { type MonoTypeOperatorFunction, type Observable, EMPTY, finalize, map, merge, mergeMap, of, tap } from 'rxjs';
import { accountFeed, type AccountFeedConfig } from '../../feed/account/accountFeed.js';
import { type AccountStreams, accountEventsOf, accountStatesOf } from '../../feed/account/accountStreams.js';
import { type VenueCore, foldedChannel } from '../../feed/venueCore.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { ChannelEvent } from '../../socket/channelEvent.js';
import {
  balanceOf,
  balancesChannel,
  foldBalance,
  foldBalances,
  type KnownBalance,
  loadBalances,
  type O2Balance,
  type RawBalance,
} from './balances.js';
import type { O2Exchange } from './exchange.js';
import { type Owner, accountOf, ownerOf } from './ids.js';
import type { Markets } from './markets.js';
import { foldNonce, type KnownNonce, loadNonce, nonceChannel, type O2Nonce } from './nonce.js';
import { foldOrder, foldOrders, loadOrders, type OrdersState } from './openOrders.js';
import { isClosed, type O2Order, orderOf, ordersChannel, type RawOrder } from './orders.js';
import type { Rest } from './rest.js';
import { type LoadContext, watchListings } from './listings.js';
import { type Settling, settled } from './settling.js';
import { Wholeness } from './wholeness.js';
import { type SteadyScheduler, steady } from '../../time/steadyScheduler.js';
import { leftOutOf } from '../../feed/leftOut.js';
import { listScaling, type Scaling, scaledBy } from './scaling.js';

export interface AccountConfig {
  readonly core: VenueCore;
  readonly rest: Rest;
  readonly markets: Markets;
  /** Reloads a live state every so often, in ms. Default: never. */
  readonly reloadEvery: number | undefined;
}

type AccountSide = Pick<O2Exchange, 'orders' | 'openOrders' | 'balanceUpdates' | 'balances' | 'nonceUpdates' | 'nonce'>;

/** How one account stream is read, folded, loaded and told. Made anew for each fold, which may remember something. */
interface Account<R, L, E, S> extends Pick<AccountFeedConfig<R, L>, 'fold' | 'reload'>, Scaling<R, L, E, S> {
  readonly foldAll: (state: L, raws: readonly R[]) => L;
  /** Whether the load of this state asked for what the update tells of. */
  readonly mayUndo: (state: L, raw: R) => boolean;
  readonly read: MonoTypeOperatorFunction<ChannelEvent<readonly R[]>>;
}

type OrdersAccount = Account<RawOrder, OrdersState, O2Order, readonly O2Order[]>;
type BalancesAccount = Account<RawBalance, readonly KnownBalance[], O2Balance, readonly O2Balance[]>;
type NonceAccount = Account<O2Nonce, KnownNonce, O2Nonce, O2Nonce>;

/** What O2 tells of accounts: what the socket tells, joined with what REST tells of before. */
export function accountSide(config: AccountConfig): AccountSide {
  const accounts = new Accounts(config);
  return {
    orders: (account) => accounts.orders(accountOf(account)).event$,
    openOrders: (account) => accounts.orders(accountOf(account)).state$,
    balanceUpdates: (identity) => accounts.balances(ownerOf(identity)).event$,
    balances: (identity) => accounts.balances(ownerOf(identity)).state$,
    nonceUpdates: (account) => accounts.nonce(accountOf(account)).event$,
    nonce: (account) => accounts.nonce(accountOf(account)).state$,
  };
}

class Accounts {
  readonly #time: SteadyScheduler;

  constructor(private readonly config: AccountConfig) {
    this.#time = steady(config.core.scheduler);
  }

  orders(owner: Owner): AccountStreams<O2Order, readonly O2Order[]> {
    const { core, markets } = this.config;
    return this.#streams(ordersChannel(owner, core.report), (loads): OrdersAccount => {
      const { marketOf, withMarket, remember } = marketMemory();
      const { one, all } = listScaling(
        (raw: RawOrder) => orderOf(raw, raw.market === undefined ? undefined : markets.get(raw.market)),
        ({ market }) => market !== undefined,
      );
      return {
        read: (events$) =>
          events$.pipe(
            requestOf(markets, ({ market }) => market === undefined || markets.get(market) !== undefined),
            map((event) => (event.type === 'message' ? { ...event, value: event.value.map(withMarket) } : event)),
          ),
        fold: foldOrder,
        foldAll: foldOrders,
        mayUndo: ({ asked }, raw) => !isClosed(raw.order) && asked.has(marketOf(raw) ?? ''),
        reload: (last) => loadOrders({ ...loads, owner }, last).pipe(tap(({ open }) => open.forEach(remember))),
        event: one,
        state: ({ open }) => all(open),
      };
    });
  }

  balances(owner: Owner): AccountStreams<O2Balance, readonly O2Balance[]> {
    const { core, markets } = this.config;
    return this.#streams(balancesChannel(owner, core.report), (loads): BalancesAccount => {
      const { one, all } = listScaling(
        (raw: RawBalance) => balanceOf(raw, markets.asset(raw.assetId)),
        ({ asset }) => asset !== undefined,
      );
      return {
        read: requestOf(markets, ({ assetId }) => markets.asset(assetId) !== undefined),
        fold: foldBalance,
        foldAll: foldBalances,
        mayUndo: (balances, { assetId }) => balances.some((balance) => balance.assetId === assetId),
        reload: (last) => loadBalances({ ...loads, owner }, last),
        event: one,
        state: all,
      };
    });
  }

  nonce(owner: Owner): AccountStreams<O2Nonce, O2Nonce> {
    const { core, rest } = this.config;
    const elapsed = (): number => this.#time.elapsed();
    return this.#streams(nonceChannel(owner, core.report), ({ now }): NonceAccount => ({
      read: (events$) => events$,
      fold: (known, raw) => foldNonce(known, raw, elapsed()),
      foldAll: (known, raws) => raws.reduce((last, raw) => foldNonce(last, raw, elapsed()), known),
      mayUndo: () => true,
      reload: () => loadNonce(rest, owner, now).pipe(map((nonce) => ({ nonce, heardAt: elapsed() }))),
      event: (raw) => raw,
      state: ({ nonce }) => nonce,
    }));
  }

  #streams<R extends { readonly receivedTime: number }, L, E, S>(
    source: ChannelSpec<readonly R[]>,
    make: (loads: LoadContext) => Account<R, L, E, S>,
  ): AccountStreams<E, S> {
    const { core, markets } = this.config;
    const updates$ = foldedChannel(core, `account ${source.topic.key}`, source, (context) => {
      const { listed$, loading, resync$ } = watchListings(markets, core.scheduler);
      const load = new Wholeness(leftOutOf(context.channel, core.report));
      let listedAt = -Infinity;
      const list$ = listed$.pipe(tap(() => (listedAt = this.#time.elapsed())));
      const { read, reload, event, state, ...folding } = make(this.#loads(list$, load.unread));
      const begin: typeof reload = (last, passed) => {
        load.begin();
        return loading(reload(last, passed));
      };
      const { watch, beginAnew, ...feed } = settled(
        { ...folding, reload: begin },
        {
          reloadEvery: this.config.reloadEvery,
          elapsed: () => this.#time.elapsed(),
          listedAt: () => listedAt,
          isWhole: () => load.isWhole,
        },
      );
      const scaling = { event, state: ({ value }: Settling<L>): S => state(value) };
      return (events$) =>
        events$.pipe(
          read,
          watch,
          accountFeed({ ...context, ...feed, resync$: resync$.pipe(tap(beginAnew)), isWhole: () => load.hasEach }),
          scaledBy(scaling, markets.changed$),
        );
    });
    return { event$: accountEventsOf(updates$, core.scheduler), state$: accountStatesOf(updates$) };
  }

  #loads(listed$: LoadContext['listed$'], unread: LoadContext['unread']): LoadContext {
    const { core, rest } = this.config;
    return { rest, listed$, now: () => core.scheduler.now(), unread };
  }
}

/** The markets of the open orders: later frames of an order may leave out which it is. */
function marketMemory(): {
  readonly remember: (raw: RawOrder) => void;
  /** As far as it is known by now, though the update did not say. */
  readonly marketOf: (raw: RawOrder) => string | undefined;
  readonly withMarket: (raw: RawOrder) => RawOrder;
} {
  const known = new Map<string, string>();
  const remember = ({ order, market }: RawOrder): void => {
    if (isClosed(order)) known.delete(order.order_id);
    else if (market !== undefined) known.set(order.order_id, market);
  };
  const marketOf = ({ order, market }: RawOrder): string | undefined => market ?? known.get(order.order_id);
  return {
    remember,
    marketOf,
    withMarket: (raw) => {
      const named = raw.market === undefined ? { ...raw, market: marketOf(raw) } : raw;
      remember(named);
      return named;
    },
  };
}

/**
 * Has the markets asked for once more where a message names something that no known market has. Nothing waits for the
 * answer: who is waiting for news of the account must not wait for a list.
 */
function requestOf<R>(
  markets: Markets,
  isKnown: (raw: R) => boolean,
): MonoTypeOperatorFunction<ChannelEvent<readonly R[]>> {
  let isPending = false;
  const requested = (): Observable<never> => {
    if (isPending) return EMPTY;
    isPending = true;
    return markets.ensure().pipe(
      finalize(() => {
        isPending = false;
      }),
    );
  };
  return mergeMap((event) =>
    event.type !== 'message' || event.value.every(isKnown) ? of(event) : merge(requested(), of(event)),
  );
}
