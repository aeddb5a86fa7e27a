import { okx, type OkxBookChannel, okxIntervals, type OkxRegion } from '../../venues/okx/index.js';
import { type CliVenue, named } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { recordedOkx } from './recordedOkx.js';

const REGIONS: readonly OkxRegion[] = ['global', 'eea', 'us'];
const CHANNELS: readonly OkxBookChannel[] = ['books', 'books5', 'bbo-tbt', 'books50-l2-tbt', 'books-l2-tbt'];

export const okxVenue: CliVenue = {
  name: 'okx',
  markets: REGIONS,
  channels: ['book', 'trades', 'quotes', 'candles', 'ticker'],
  intervals: () => okxIntervals,
  instrument: 'BTC-USDT',
  simulated: false,
  spell: (instrument) => instrument.toUpperCase(),
  checkFaults: () => undefined,
  open: (options) => {
    const { market, streams, url } = options;
    const exchange = okx({
      ...commonOptions(options),
      ...(url !== undefined && { url }),
      region: named(REGIONS, market),
    });
    return {
      ...exchange,
      exchange,
      book: (instrument) =>
        exchange.book(instrument, { channel: named(CHANNELS, streams?.get(instrument) ?? 'books') }),
      candles: (instrument, interval) => exchange.candles(instrument, named(okxIntervals, interval)),
    };
  },
  recorded: recordedOkx,
};
