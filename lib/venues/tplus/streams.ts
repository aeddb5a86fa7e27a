import type { OwnStreamsOf } from '../../feed/ownStreams.js';
import type { TplusAccountExchange } from './exchange.js';

/** The streams of T+'s own, for `relay` and `relayed`. */
export const tplusStreams = {
  market: { finalizedTrades: 'values', allTrades: 'values' },
  account: { orders: 'events', openOrders: 'states', userTrades: 'events', fills: 'states' },
} as const satisfies OwnStreamsOf<TplusAccountExchange>;
