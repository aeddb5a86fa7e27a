import type { OwnStreamsOf } from '../../feed/ownStreams.js';
import type { DxLinkExchange } from './exchange.js';

/** The streams of dxLink's own, for `relay` and `relayed`. */
export const dxlinkStreams = {
  market: {
    trades: 'latest',
    greeks: 'latest',
    summaries: 'latest',
    profiles: 'latest',
    underlyings: 'latest',
    theoPrices: 'latest',
    timeAndSales: 'values',
    messages: 'values',
    events: 'values',
    timeAndSalesSince: 'states',
    candlesSince: 'states',
    series: 'states',
    orders: 'states',
  },
} as const satisfies OwnStreamsOf<DxLinkExchange>;
