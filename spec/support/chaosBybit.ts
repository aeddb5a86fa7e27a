import { bybit, type BybitExchange } from '../../lib/venues/bybit/index.js';
import { pick } from './chaosDraw.js';
import type { DepthVenue } from './chaosDepth.js';
import { bybitOddities, simulatedBybit } from './venues/bybit/simulatedBybit.js';

const TOPIC = /"topic":"([^"]*)"/;

export const bybitOfChaos: DepthVenue<BybitExchange> = {
  name: 'bybit',
  seeds: 100,
  simulate: (config, _, oddities) => simulatedBybit(config, oddities),
  open: (options, draw) => bybit({ ...options, category: pick(draw, ['spot', 'linear', 'inverse', 'option']) }),
  spell: (base, quote) => `${base}-${quote}`,
  depth: 50,
  further: [
    {
      name: 'of another depth',
      of: (exchange, symbol) => exchange.book(symbol, { depth: exchange.category === 'option' ? 100 : 1 }),
      depth: ({ category }) => (category === 'option' ? 100 : 1),
      isNumbered: true,
      isWhole: true,
      lag: 5,
    },
  ],
  stranger: 'NONE-USDT',
  ownFaults: [],
  oddities: bybitOddities,
  targets: ['orderbook', 'orderbook.1.', 'publicTrade', 'BTC', 'FINE', '/public'],
  isNumbered: true,
  silence: 40_000,
  tongue: {
    streamOf: (text) => TOPIC.exec(text)?.[1],
    rubbish: [
      ...['{"topic":"orderbook.50.BTC-USDT","type":"delta","data":{}}', '{"topic":7}', '{"success":true}', '[1]'],
      ...['{"topic":"orderbook.50.FINE-USDT","type":"none","data":[]}', '{"success":false,"op":7}', '{"op":"pong"}'],
    ],
  },
};
