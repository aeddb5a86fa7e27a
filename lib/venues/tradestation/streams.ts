import type { OwnStreamsOf } from '../../feed/ownStreams.js';
import type { TradestationExchange } from './exchange.js';

/** The streams of TradeStation's own, for `relay` and `relayed`. */
export const tradestationStreams = {
  market: {
    quote: 'latest',
    trades: 'values',
    tickBars: 'values',
    candleEvents: 'values',
    optionChain: 'latest',
    optionQuotes: 'latest',
  },
  account: {
    orders: 'events',
    orderStates: 'states',
    fills: 'values',
    positionEvents: 'events',
    positions: 'states',
    balances: 'values',
  },
} as const satisfies OwnStreamsOf<TradestationExchange>;
