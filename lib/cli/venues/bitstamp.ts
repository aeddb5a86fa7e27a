import { EMPTY } from 'rxjs';
import { bitstamp } from '../../venues/bitstamp/index.js';
import type { CliVenue } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { recordedBitstamp } from './recordedBitstamp.js';

export const bitstampVenue: CliVenue = {
  name: 'bitstamp',
  markets: ['spot'],
  channels: ['book', 'trades'],
  intervals: () => [],
  instrument: 'btcusd',
  simulated: false,
  spell: (instrument) => instrument.toLowerCase(),
  checkFaults: () => undefined,
  open: (options) => {
    const { streams, answers, url, restUrl } = options;
    const exchange = bitstamp({
      ...commonOptions(options),
      ...(url !== undefined && { url }),
      ...(restUrl !== undefined && { restUrl }),
      // In a recording all waiting is over.
      ...(answers !== undefined && { snapshotAfter: 0 }),
    });
    return {
      ...exchange,
      book: (pair) => {
        const stream = streams?.get(pair);
        if (stream === 'live_orders') return exchange.bookByOrder(pair);
        if (stream === 'detail_order_book') return exchange.bookByOrder(pair, { depth: 100 });
        return exchange.book(pair, stream === 'order_book' ? { depth: 100 } : {});
      },
      // The venue streams none of these.
      quotes: () => EMPTY,
      candles: () => EMPTY,
      ticker: () => EMPTY,
    };
  },
  recorded: recordedBitstamp,
};
