import { type Observable, type OperatorFunction, concat, concatMap, defer, of, tap } from 'rxjs';
import { accountFeed, type AccountFeedConfig } from '../../feed/accountFeed.js';
import { type AccountStreams, accountEventsOf, accountStatesOf } from '../../feed/accountStreams.js';
import { type VenueCore, foldedChannel } from '../../feed/venueCore.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { ChannelEvent } from '../../socket/channelEvent.js';
import { balanceOf, balancesChannel, foldBalance, loadBalances, type O2Balance, type RawBalance } from './balances.js';
import type { O2Exchange } from './exchange.js';
import { type Owner, accountOf, ownerOf } from './ids.js';
import type { Markets, O2Market } from './markets.js';
import { foldNonce, loadNonce, nonceChannel, type O2Nonce } from './nonce.js';
import { foldOrder, isClosed, loadOrders, type O2Order, orderOf, ordersChannel, type RawOrder } from './orders.js';
import type { Rest } from './rest.js';

export interface AccountConfig {
  readonly core: VenueCore;
  readonly rest: Rest;
  readonly markets: Markets;
  /** Reloads a live state every so often, in ms. Default: never. */
  readonly reloadEvery: number | undefined;
}

type AccountSide = Pick<O2Exchange, 'orders' | 'openOrders' | 'balanceUpdates' | 'balances' | 'nonceUpdates' | 'nonce'>;

/** How one account stream is read, folded and loaded. Made anew for each fold, which may remember something. */
interface Account<R, E, S> extends Pick<AccountFeedConfig<E, S>, 'fold' | 'reload'> {
  readonly read: OperatorFunction<ChannelEvent<readonly R[]>, ChannelEvent<readonly E[]>>;
}

/** What O2 tells of accounts: what the socket tells, joined with what REST tells of before. */
export function accountSide({ core, rest, markets, reloadEvery }: AccountConfig): AccountSide {
  const { scheduler } = core;
  const now = (): number => scheduler.now();
  const streams = <R, E, S>(source: ChannelSpec<readonly R[]>, make: () => Account<R, E, S>): AccountStreams<E, S> => {
    const updates$ = foldedChannel(core, `account ${source.topic.key}`, source, (context) => {
      const { read, fold, reload } = make();
      return (events$) => events$.pipe(read, accountFeed({ ...context, fold, reload, reloadEvery }));
    });
    return { event$: accountEventsOf(updates$, scheduler), state$: accountStatesOf(updates$) };
  };

  const orders = (owner: Owner): AccountStreams<O2Order, readonly O2Order[]> =>
    streams(ordersChannel(owner), () => {
      /** The markets of the open orders: later frames of an order may leave it out. */
      const marketOf = new Map<string, O2Market>();
      const find = ({ order }: RawOrder): O2Market | undefined =>
        order.market_id === undefined ? marketOf.get(order.order_id) : markets.get(order.market_id);
      const isKnown = ({ order }: RawOrder): boolean =>
        order.market_id === undefined || markets.get(order.market_id) !== undefined;
      const remember = (order: O2Order): void => {
        if (isClosed(order)) marketOf.delete(order.id);
        else if (order.market !== undefined) marketOf.set(order.id, order.market);
      };
      const read = (raw: RawOrder): O2Order => {
        const order = orderOf(raw, find(raw));
        remember(order);
        return order;
      };
      return {
        read: whenKnown(markets, isKnown, read),
        fold: foldOrder,
        reload: () => loadOrders(rest, markets, owner, now).pipe(tap((loaded) => loaded.forEach(remember))),
      };
    });
  const balances = (owner: Owner): AccountStreams<O2Balance, readonly O2Balance[]> =>
    streams(balancesChannel(owner), () => ({
      read: whenKnown<RawBalance, O2Balance>(
        markets,
        ({ assetId }) => markets.asset(assetId) !== undefined,
        (raw) => balanceOf(raw, markets.asset(raw.assetId)),
      ),
      fold: foldBalance,
      reload: () => loadBalances(rest, markets, owner, now),
    }));
  const nonce = (owner: Owner): AccountStreams<O2Nonce, O2Nonce> =>
    streams(nonceChannel(owner), () => ({
      read: (source) => source,
      fold: foldNonce,
      reload: () => loadNonce(rest, owner, now),
    }));

  return {
    orders: (account) => orders(accountOf(account)).event$,
    openOrders: (account) => orders(accountOf(account)).state$,
    balanceUpdates: (identity) => balances(ownerOf(identity)).event$,
    balances: (identity) => balances(ownerOf(identity)).state$,
    nonceUpdates: (account) => nonce(accountOf(account)).event$,
    nonce: (account) => nonce(accountOf(account)).state$,
  };
}

/**
 * Reads what a channel tells, in order. What names something that no known market has waits until the markets were asked
 * for once more, and everything behind it waits with it.
 */
function whenKnown<R, E>(
  markets: Markets,
  isKnown: (raw: R) => boolean,
  read: (raw: R) => E,
): OperatorFunction<ChannelEvent<readonly R[]>, ChannelEvent<readonly E[]>> {
  return concatMap((event): Observable<ChannelEvent<readonly E[]>> => {
    if (event.type !== 'message') return of(event);
    const message$ = defer(() => of({ type: 'message', value: event.value.map(read) } as const));
    return event.value.every(isKnown) ? message$ : concat(markets.ensure(), message$);
  });
}
