import { bitfinex, type BitfinexExchange } from '../../lib/venues/bitfinex/index.js';
import { pick } from './chaosDraw.js';
import type { DepthVenue } from './chaosDepth.js';
import { bitfinexOddities, BY_ORDER, simulatedBitfinex, spelt } from './venues/bitfinex/simulatedBitfinex.js';

const CHANNEL = /^\[(\d+),/;

/** Lists numbered over the whole wire, checksums, books by price and by order. */
export const bitfinexOfChaos: DepthVenue<BitfinexExchange> = {
  name: 'bitfinex',
  simulate: (config, _, oddities) => simulatedBitfinex(config, oddities),
  open: (options, draw) => bitfinex({ ...options, channelsPerWire: pick(draw, [2, 25, 25]) }),
  spell: spelt,
  // Figures are JSON numbers, below a millionth with exponents.
  instruments: [
    { symbol: 'BTCUSD', base: 'BTC', quote: 'USD', price: '60000.0', size: '0.50000000', grain: 20 },
    { symbol: 'FINEUSD', base: 'FINE', quote: 'USD', price: '0.00000066123', size: '2000.00000000' },
  ],
  written: (text) => String(Number(text)),
  depth: 100,
  further: [
    {
      name: BY_ORDER,
      of: (exchange, symbol) => exchange.bookByOrder(symbol, { depth: 250 }),
      depth: 250,
      isNumbered: false,
      lag: 5,
    },
  ],
  ownFaults: [],
  oddities: bitfinexOddities,
  stranger: 'tNONE:USD',
  targets: ['book', 'trades', 'BTC', 'FINE', 'R0', '/ws'],
  isNumbered: false,
  silence: 35_000,
  seeds: 70,
  tongue: {
    streamOf: (text) => CHANNEL.exec(text)?.[1],
    ordered: (text) => (text.startsWith('{"event":"info"') ? 'news' : undefined),
    rubbish: [
      ...['[7,[[]],{}]', '[1,"hb"]', '[7,[1,2],"x"]', '{"event":"subscribed"}', '{"event":7}', '["x",[1,1,1],7]'],
      ...['{"event":"error","code":10301,"msg":"subscribe: dup"}', '{"event":"unsubscribed","chanId":1}'],
    ],
  },
};
