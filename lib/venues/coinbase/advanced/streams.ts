import type { OwnStreamsOf } from '../../../feed/ownStreams.js';
import type { CoinbaseAdvancedExchange } from './exchange.js';

/** The streams of Advanced's own, for `relay` and `relayed`. */
export const coinbaseAdvancedStreams = {
  market: { ticker: 'latest' },
} as const satisfies OwnStreamsOf<CoinbaseAdvancedExchange>;
