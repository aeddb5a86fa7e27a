import { kucoin, type KucoinDepth, kucoinIntervals, type KucoinExchange } from '../../venues/kucoin/index.js';
import { EMPTY } from 'rxjs';
import { type CliVenue, named } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { recordedKucoin, WHOLE_BOOK } from './recordedKucoin.js';

const DEPTHS: readonly KucoinDepth[] = [5, 50];

export const kucoinVenue: CliVenue = {
  name: 'kucoin',
  markets: ['spot'],
  channels: ['book', 'trades', 'quotes', 'candles'],
  intervals: () => kucoinIntervals,
  instrument: 'BTC-USDT',
  simulated: [],
  spell: (instrument) => instrument.toUpperCase(),
  checkFaults: () => undefined,
  ...opening<KucoinExchange>({
    connect: (options) => {
      const { answers, url, restUrl } = options;
      // A recording holds no token, and whole books where its client was given them.
      const replayed = answers === undefined ? undefined : 'wss://recorded';
      const isWhole = answers?.some((address) => WHOLE_BOOK.test(address)) === true;
      const socketUrl = url ?? replayed;
      return kucoin({
        ...commonOptions(options),
        ...(socketUrl !== undefined && { url: socketUrl }),
        ...(restUrl !== undefined && { restUrl }),
        ...(isWhole && { sign: () => [{}] }),
      });
    },
    show: (exchange, { streams }) => ({
      ...exchange,
      book: (instrument) => {
        const depth = DEPTHS.find((one) => `${one}` === streams?.get(instrument));
        return exchange.book(instrument, depth === undefined ? {} : { depth });
      },
      candles: (instrument, interval) => exchange.candles(instrument, named(kucoinIntervals, interval)),
      // The venue's own tells nothing of a day.
      ticker: () => EMPTY,
    }),
  }),
  recorded: recordedKucoin,
};
