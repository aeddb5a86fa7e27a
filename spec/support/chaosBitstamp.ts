import { bitstamp, type BitstampExchange } from '../../lib/venues/bitstamp/index.js';
import type { DepthVenue } from './chaosDepth.js';
import { bitstampOddities, BY_ORDER, simulatedBitstamp } from './venues/bitstamp/simulatedBitstamp.js';

const CHANNEL = /"channel":"([^"]+)"/;
/** What the events of orders bear: each names the one before it. */
const ORDERS = 'live_orders';

/** Snapshots are requested, and joined by time; orders are linked, changes of levels are not. */
export const bitstampOfChaos: DepthVenue<BitstampExchange> = {
  name: 'bitstamp',
  simulate: (config, _, oddities) => simulatedBitstamp(config, oddities),
  open: (options) => bitstamp(options),
  spell: (base, quote) => `${base}${quote}`.toLowerCase(),
  // The sizes of orders are summed, and written anew.
  written: (text) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text),
  depth: Infinity,
  further: [
    {
      name: BY_ORDER,
      of: (exchange, pair) => exchange.bookByOrder(pair),
      depth: Infinity,
      isNumbered: true,
      lag: 5,
    },
  ],
  requests: 300,
  ownFaults: [],
  oddities: bitstampOddities,
  // A change of levels that is lost leaves no trace, and one that comes behind another none before it comes.
  without: ['silent'],
  only: { drop: ORDERS, reorder: ORDERS, lostFrames: ORDERS, oddFrames: ORDERS },
  stranger: 'nonebtc',
  targets: ['diff_order', 'live_', 'btc', 'fine', 'order_book/'],
  isNumbered: true,
  isTimed: true,
  silence: 28_000,
  seeds: 100,
  tongue: {
    streamOf: (text) => (text.includes('"event":"bts:') ? undefined : CHANNEL.exec(text)?.[1]),
    ordered: (text) => (text.includes('bts:request_reconnect') ? 'news' : undefined),
    rubbish: [
      ...['{"event":"data","channel":"diff_order_book_btcusdt","data":[]}', '{"event":7,"channel":"x"}'],
      ...['{"event":"bts:subscription_succeeded","channel":"live_orders_none","data":{}}', '[1]', '{"event":"data"}'],
    ],
  },
};
