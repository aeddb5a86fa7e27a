import type { OwnStreamsOf } from '../../feed/ownStreams.js';
import type { TastytradeExchange } from './exchange.js';

/** The streams of tastytrade's own, for `relay` and `relayed`. No token is among them. */
export const tastytradeStreams = {
  account: {
    account: 'states',
    events: 'events',
    orders: 'events',
    complexOrders: 'events',
    balances: 'events',
    positions: 'events',
    tradingStatus: 'events',
    orderChains: 'values',
    externalTransactions: 'values',
    yearGains: 'values',
    quoteAlerts: 'values',
    notifications: 'values',
  },
} as const satisfies OwnStreamsOf<TastytradeExchange>;
