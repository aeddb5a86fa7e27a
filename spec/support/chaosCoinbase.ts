import { ownFaultNames, simulatedCoinbase } from '../../lib/simulation/index.js';
import { coinbaseAdvanced, type CoinbaseAdvancedExchange } from '../../lib/venues/coinbase/index.js';
import type { DepthVenue } from './chaosDepth.js';

const CHANNEL = /"channel":"(\w+)"/;
const PRODUCT = /"product_id":"([^"]*)"/;

/** Advanced Trade: frames are counted over the whole connection. */
export const coinbaseOfChaos: DepthVenue<CoinbaseAdvancedExchange> = {
  name: 'coinbase',
  simulate: (config) => simulatedCoinbase({ ...config, limits: { connectionsPerSecond: 8 } }),
  open: (options) => coinbaseAdvanced(options),
  spell: (base, quote) => `${base}-${quote}`,
  depth: Infinity,
  ownFaults: ownFaultNames.coinbase,
  targets: ['level2', 'l2_data', 'trades', 'BTC', 'FINE'],
  isNumbered: true,
  values: {
    quotes: (exchange, product) => exchange.quotes(product),
    candles: (exchange, product) => exchange.candles(product),
    ticker: (exchange, product) => exchange.ticker(product),
  },
  silence: 10_000,
  tongue: {
    streamOf: (text) => {
      const channel = CHANNEL.exec(text)?.[1];
      return channel === undefined || channel === 'subscriptions'
        ? undefined
        : `${channel} ${PRODUCT.exec(text)?.[1] ?? ''}`;
    },
    rubbish: ['{"channel":"l2_data","events":[{}]}', '{"channel":"ticker","events":[7]}', '{"channel":7}', '[1]'],
  },
};
