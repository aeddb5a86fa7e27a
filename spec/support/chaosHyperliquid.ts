import { hyperliquid, type HyperliquidExchange } from '../../lib/venues/hyperliquid/index.js';
import type { DepthVenue } from './chaosDepth.js';
import { DIGITS, grouped } from './venues/hyperliquid/grouped.js';
import { hyperliquidOddities, simulatedHyperliquid } from './venues/hyperliquid/simulatedHyperliquid.js';

const CHANNEL = /^\{"channel":"(l2Book|trades)"/;
const COIN = /"coin":"([^"]*)"/;

/** Books come whole, every 5 s or, fast ones, twice a second; a step of the market takes half a second. */
export const hyperliquidOfChaos: DepthVenue<HyperliquidExchange> = {
  name: 'hyperliquid',
  seeds: 100,
  simulate: (config, _, oddities) => simulatedHyperliquid(config, oddities),
  open: (options) => hyperliquid(options),
  spell: (base) => base,
  depth: 20,
  isNumbered: true,
  lag: 14,
  further: [
    {
      name: 'fast',
      of: (exchange, coin) => exchange.book(coin, { fast: true }),
      depth: 5,
      isNumbered: true,
      lag: 5,
    },
    {
      name: 'to some digits',
      of: (exchange, coin) => exchange.book(coin, { digits: DIGITS }),
      depth: 20,
      seen: grouped,
      isNumbered: true,
      lag: 14,
    },
  ],
  stranger: 'NONE',
  // A coin is looked up once a minute at most: the two that there are, and the stranger.
  lookUps: 3,
  ownFaults: [],
  // Nothing is a diff here.
  without: ['crossedBook'],
  oddities: hyperliquidOddities,
  targets: ['l2Book', 'trades', 'BTC', 'FINE', 'fast', '/ws'],
  silence: 50_000,
  tongue: {
    streamOf: (text) => {
      const channel = CHANNEL.exec(text)?.[1];
      const kind = text.includes('"fast":true') ? ' fast' : text.includes('"spread"') ? ' spread' : '';
      return channel === undefined ? undefined : `${channel} ${COIN.exec(text)?.[1] ?? ''}${kind}`;
    },
    rubbish: [
      ...['{"channel":"l2Book","data":{"coin":"BTC"}}', '{"channel":"l2Book","data":7}', '{"channel":"error"}', '[1]'],
      ...['{"channel":"trades","data":[{}]}', '{"channel":"subscriptionResponse","data":{}}', '{"channel":"trades"}'],
    ],
  },
};
