import { ownFaultNames, simulatedOkx } from '../../lib/simulation/index.js';
import { okx, type OkxExchange } from '../../lib/venues/okx/index.js';
import { pick } from './chaosDraw.js';
import type { DepthVenue } from './chaosDepth.js';

const ARG = /"arg":\{"channel":"([^"]*)","instId":"([^"]*)"/;

export const okxOfChaos: DepthVenue<OkxExchange> = {
  name: 'okx',
  simulate: (config, draw) =>
    simulatedOkx({ ...config, limits: { connectionsPerSecond: 3 }, checksums: pick(draw, ['zero', 'true']) }),
  open: (options) => okx(options),
  spell: (base, quote) => `${base}-${quote}`,
  depth: 400,
  // A crossed book is not taken for wrong at OKX, so one that is told to be is believed.
  ownFaults: ownFaultNames.okx,
  without: ['crossedBook'],
  targets: ['books', 'trades', 'BTC', 'FINE', '/public'],
  isNumbered: true,
  values: {
    quotes: (exchange, instrument) => exchange.quotes(instrument),
    candles: (exchange, instrument) => exchange.candles(instrument, '1m'),
    ticker: (exchange, instrument) => exchange.ticker(instrument),
  },
  silence: 28_000,
  tongue: {
    streamOf: (text) => {
      const [, channel, instId] = ARG.exec(text) ?? [];
      return text.includes('"event"') || channel === undefined ? undefined : `${channel} ${instId}`;
    },
    rubbish: [
      ...[
        '{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{}]}',
        '{"event":7}',
        '{"data":[]}',
      ],
      ...['{"arg":{"channel":"books","instId":"FINE-USDT"},"action":"none","data":[]}', 'pong', '[1]'],
    ],
  },
};
