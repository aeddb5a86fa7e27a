import { ownFaultNames, simulatedKraken } from '../../lib/simulation/index.js';
import { kraken, type KrakenExchange } from '../../lib/venues/kraken/index.js';
import type { DepthVenue } from './chaosDepth.js';

const CHANNEL = /^\{"channel":"(\w+)"/;
const SYMBOL = /"symbol":"([^"]*)"/;

/** Books as deep as their checksum sees, so that nothing is lost without a trace. */
export const krakenOfChaos: DepthVenue<KrakenExchange> = {
  name: 'kraken',
  simulate: simulatedKraken,
  open: (options) => kraken(options),
  spell: (base, quote) => `${base}/${quote}`,
  depth: 10,
  ownFaults: ownFaultNames.kraken,
  targets: ['book', 'trade', 'BTC', 'FINE', '/v2'],
  isNumbered: false,
  values: {
    quotes: (exchange, symbol) => exchange.quotes(symbol),
    candles: (exchange, symbol) => exchange.candles(symbol, '1'),
    ticker: (exchange, symbol) => exchange.ticker(symbol),
  },
  silence: 15_000,
  tongue: {
    streamOf: (text) => {
      const channel = CHANNEL.exec(text)?.[1];
      return channel === undefined ? undefined : `${channel} ${SYMBOL.exec(text)?.[1] ?? ''}`;
    },
    rubbish: [
      ...['{"channel":"book","data":[{}]}', '{"channel":"book","type":"update","data":[{"symbol":"BTC/USDT"}]}'],
      ...['{"channel":"trade","type":"update","data":[{"symbol":"FINE/USDT","qty":1}]}', '{"method":1}', '[1]'],
    ],
  },
};
