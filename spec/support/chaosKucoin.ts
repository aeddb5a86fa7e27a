import { of } from 'rxjs';
import { kucoin } from '../../lib/venues/kucoin/index.js';
import { pick } from './chaosDraw.js';
import type { DepthVenue } from './chaosDepth.js';
import { kucoinOddities, simulatedKucoin } from './venues/kucoin/simulatedKucoin.js';

const TOPIC = /"topic":"([^"]*)"/;
const key = { 'KC-API-KEY': 'a key' };

/** Snapshots are requested, signed or not, and changes numbered from and to. */
export const kucoinOfChaos: DepthVenue = {
  name: 'kucoin',
  // A book whose snapshots tell a part of it only, now and then.
  simulate: (config, draw, oddities) => {
    const depth = pick(draw, [12, 12, 12, 12, 12, 105]);
    return simulatedKucoin({ ...config, depth }, pick(draw, [0, 0, 600, 2_000]), oddities);
  },
  open: (options, draw) => kucoin({ ...options, ...pick(draw, [{}, { sign: () => of(key) }]) }),
  spell: (base, quote) => `${base}-${quote}`,
  depth: Infinity,
  enough: 11,
  requests: 200,
  ownFaults: [],
  oddities: kucoinOddities,
  stranger: 'NONE-USDT',
  targets: ['level2', 'match', 'BTC', 'FINE', 'bullet'],
  isNumbered: true,
  silence: 28_000,
  seeds: 100,
  tongue: {
    streamOf: (text) => (text.includes('"type":"message"') ? TOPIC.exec(text)?.[1] : undefined),
    rubbish: [
      ...[
        '{"type":"message","topic":"/market/level2:BTC-USDT","subject":"trade.l2update","data":[{}]}',
        '{"type":7}',
        '{"data":[]}',
      ],
      ...['{"type":"message","topic":"/market/match:FINE-USDT"}', '{"type":"pong"}', '{"type":"ack","id":null}', '[1]'],
    ],
  },
};
