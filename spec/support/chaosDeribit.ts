import { deribit, type DeribitExchange } from '../../lib/venues/deribit/index.js';
import type { DepthVenue } from './chaosDepth.js';
import { deribitOddities, simulatedDeribit } from './venues/deribit/simulatedDeribit.js';

const CHANNEL = /"channel":"([^"]*)"/;

export const deribitOfChaos: DepthVenue<DeribitExchange> = {
  name: 'deribit',
  seeds: 100,
  simulate: (config, _, oddities) => simulatedDeribit(config, oddities),
  open: (options) => deribit(options),
  spell: (base) => `${base}-PERPETUAL`,
  // Prices are JSON numbers here, and a double has no more digits.
  instruments: [
    { symbol: 'BTCUSD', base: 'BTC', quote: 'USD', price: '60000.00', size: '0.50000', grain: 20 },
    { symbol: 'FINEUSD', base: 'FINE', quote: 'USD', price: '1.0000001234', size: '2.000000' },
  ],
  written: (text) => String(Number(text)),
  depth: Infinity,
  further: [
    {
      name: 'to ten levels',
      of: (exchange, instrument) => exchange.book(instrument, { depth: 10 }),
      depth: 10,
      isNumbered: true,
      lag: 5,
    },
  ],
  stranger: 'NONE-PERPETUAL',
  ownFaults: [],
  oddities: deribitOddities,
  targets: ['book', '.none.', 'trades', 'BTC', 'FINE', '/api'],
  isNumbered: true,
  silence: 33_000,
  tongue: {
    streamOf: (text) => CHANNEL.exec(text)?.[1],
    rubbish: [
      ...['{"jsonrpc":"2.0","method":"subscription","params":{}}', '{"method":"subscription"}', '{"id":9}', '[1]'],
      ...[
        '{"method":"subscription","params":{"channel":"book.BTC-PERPETUAL.100ms","data":7}}',
        '{"method":"heartbeat"}',
      ],
    ],
  },
};
