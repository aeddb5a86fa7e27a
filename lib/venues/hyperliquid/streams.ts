import type { OwnStreamsOf } from '../../feed/ownStreams.js';
import type { HyperliquidExchange } from './exchange.js';

/** The streams of Hyperliquid's own, for `relay` and `relayed`. */
export const hyperliquidStreams = {
  market: { mids: 'latest' },
} as const satisfies OwnStreamsOf<HyperliquidExchange>;
