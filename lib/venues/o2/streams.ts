import type { OwnStreamsOf } from '../../feed/ownStreams.js';
import type { O2Exchange } from './exchange.js';

/** The streams of O2's own, for `relay` and `relayed`. */
export const o2Streams = {
  account: {
    orders: 'events',
    openOrders: 'states',
    balanceUpdates: 'events',
    balances: 'states',
    nonceUpdates: 'events',
    nonce: 'states',
  },
} as const satisfies OwnStreamsOf<O2Exchange>;
