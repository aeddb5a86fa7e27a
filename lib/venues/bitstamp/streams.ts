import type { OwnStreamsOf } from '../../feed/ownStreams.js';
import type { BitstampExchange } from './exchange.js';

/** The streams of Bitstamp's own, for `relay` and `relayed`. */
export const bitstampStreams = {
  market: { orders: 'values' },
} as const satisfies OwnStreamsOf<BitstampExchange>;
