import { accountStreams } from '../../feed/accountStreams.js';
import type { Ask } from '../../feed/ask.js';
import type { VenueCore } from '../../feed/venueCore.js';
import type { TplusAccountExchange, TplusExchange } from './exchange.js';
import { foldOrders, loadOrders } from './openOrders.js';
import { ordersChannel } from './orders.js';
import { foldFills, loadFills, userTradesChannel } from './userTrades.js';

/** What T+ has for a user beside its market data. */
export function accountSide(
  core: VenueCore,
  userId: string,
  ask: Ask,
): Omit<TplusAccountExchange, keyof TplusExchange> {
  const orders = accountStreams(core, {
    source: ordersChannel(userId),
    reload: () => loadOrders(userId, ask, core.report),
    fold: foldOrders,
  });
  const userTrades = accountStreams(core, {
    source: userTradesChannel(core.report),
    reload: () => loadFills(userId, ask, core.report),
    fold: foldFills,
  });
  return {
    orders: () => orders.event$,
    openOrders: () => orders.state$,
    userTrades: () => userTrades.event$,
    fills: () => userTrades.state$,
  };
}
