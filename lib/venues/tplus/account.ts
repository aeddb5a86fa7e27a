import { type Observable, defer } from 'rxjs';
import type { Unread } from '../../codec/sparing.js';
import { accountStreams } from '../../feed/account/accountStreams.js';
import type { AuthorizedRequest } from '../../feed/authorizedRequest.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { VenueCore } from '../../feed/venueCore.js';
import type { Report } from '../../model/fault.js';
import { doubtOfOrders } from './doubtOfOrders.js';
import type { TplusAccountExchange, TplusExchange } from './exchange.js';
import { type TplusOpenOrders, foldOrders, loadOrders } from './openOrders.js';
import type { TplusOrderEvent } from './orderEvent.js';
import { ordersChannel } from './orders.js';
import { type TplusFills, type TplusUserTrade, foldFills, loadFills, userTradesChannel } from './userTrades.js';

/** What T+ has for a user beside its market data. */
export function accountSide(
  core: VenueCore,
  userId: string,
  request: AuthorizedRequest,
): Omit<TplusAccountExchange, keyof TplusExchange> {
  const orders = accountStreams(core, {
    source: ordersChannel(userId),
    ...loadedWhole<TplusOpenOrders, TplusOrderEvent>('orders', core.report, (unread, last, passed) =>
      loadOrders(userId, request, core.report, unread, knownBy(last, passed)),
    ),
    fold: foldOrders,
    doubtOf: doubtOfOrders,
  });
  const userTrades = accountStreams(core, {
    source: userTradesChannel(core.report),
    ...loadedWhole<TplusFills, TplusUserTrade>('userTrades', core.report, (unread) =>
      loadFills(userId, request, unread),
    ),
    fold: foldFills,
  });
  return {
    orders: () => orders.event$,
    openOrders: () => orders.state$,
    userTrades: () => userTrades.event$,
    fills: () => userTrades.state$,
  };
}

/** What is known when a load begins: of the state before, and of the events that were discarded since. */
const knownBy = (last: TplusOpenOrders | undefined, passed: readonly TplusOrderEvent[]): TplusOpenOrders | undefined =>
  passed.length === 0 ? last : passed.reduce(foldOrders, last ?? { orders: new Map(), decimals: new Map() });

/** A state from which something was left out, because it could not be read, is loaded again after so long, in ms. */
const AGAIN_AFTER = 10_000;

/** How many keys lead to a whole row of an answer: `trades`, and which. */
const ROW = 2;

/** Nothing tells when what was left out of a load can be read: it is asked for until nothing is left out. */
function loadedWhole<S, E>(
  channel: string,
  report: Report,
  load: (unread: Unread, last: S | undefined, passed: readonly E[]) => Observable<S>,
) {
  const leftOut = leftOutOf(channel, report);
  let isWhole = true;
  let hasEach = true;
  const unread: Unread = (paths, payload, keys = [[]]) => {
    isWhole = false;
    if (keys.some(({ length }) => length <= ROW)) hasEach = false;
    leftOut(paths, payload, keys);
  };
  return {
    reload: (last: S | undefined, passed: readonly E[]) =>
      defer(() => {
        isWhole = hasEach = true;
        return load(unread, last, passed);
      }),
    // An order or a trade that is not there, or an order's price or size, is missed by nobody; a trade's fee costs itself.
    isWhole: () => isWhole || (hasEach && channel !== 'orders'),
    reloadEvery: AGAIN_AFTER,
    reloadWhile: () => !isWhole,
  };
}
