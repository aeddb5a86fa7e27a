import { bitstamp, type BitstampExchange } from '../../venues/bitstamp/index.js';
import type { CliVenue } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { recordedBitstamp } from './recordedBitstamp.js';

export const bitstampVenue: CliVenue = {
  name: 'bitstamp',
  markets: ['spot'],
  channels: ['book', 'trades'],
  intervals: () => [],
  instrument: 'btcusd',
  simulated: [],
  spell: (instrument) => instrument.toLowerCase(),
  checkFaults: () => undefined,
  ...opening<BitstampExchange>({
    connect: (options) => {
      const { answers, url, restUrl } = options;
      return bitstamp({
        ...commonOptions(options),
        ...(url !== undefined && { url }),
        ...(restUrl !== undefined && { restUrl }),
        // In a recording all waiting is over.
        ...(answers !== undefined && { snapshotAfter: 0 }),
      });
    },
    show: (exchange, { streams }) => ({
      ...exchange,
      book: (pair) => {
        const stream = streams?.get(pair);
        if (stream === 'live_orders') return exchange.bookByOrder(pair);
        if (stream === 'detail_order_book') return exchange.bookByOrder(pair, { depth: 100 });
        return exchange.book(pair, stream === 'order_book' ? { depth: 100 } : {});
      },
    }),
  }),
  recorded: recordedBitstamp,
};
