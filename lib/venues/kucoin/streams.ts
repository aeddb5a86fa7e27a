import type { OwnStreamsOf } from '../../feed/ownStreams.js';
import type { KucoinExchange } from './exchange.js';

/** The streams of KuCoin's own, for `relay` and `relayed`. */
export const kucoinStreams = {
  market: { ticker: 'latest' },
} as const satisfies OwnStreamsOf<KucoinExchange>;
