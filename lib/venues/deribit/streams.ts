import type { OwnStreamsOf } from '../../feed/ownStreams.js';
import type { DeribitExchange } from './exchange.js';

/** The streams of Deribit's own, for `relay` and `relayed`. */
export const deribitStreams = {
  market: { ticker: 'latest', allTrades: 'values' },
} as const satisfies OwnStreamsOf<DeribitExchange>;
