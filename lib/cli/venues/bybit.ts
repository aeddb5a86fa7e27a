import { filter } from 'rxjs';
import {
  bybit,
  type BybitCategory,
  type BybitDepth,
  bybitIntervals,
  type BybitExchange,
} from '../../venues/bybit/index.js';
import { type CliVenue, named } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { recordedBybit } from './recordedBybit.js';

const CATEGORIES: readonly BybitCategory[] = ['linear', 'spot', 'inverse', 'option'];
const DEPTHS: readonly BybitDepth[] = [1, 25, 50, 100, 200, 1_000];

export const bybitVenue: CliVenue = {
  name: 'bybit',
  markets: CATEGORIES,
  channels: ['book', 'trades', 'quotes', 'candles', 'ticker'],
  intervals: () => bybitIntervals,
  instrument: 'BTCUSDT',
  simulated: [],
  spell: (instrument) => instrument.toUpperCase(),
  checkFaults: () => undefined,
  ...opening<BybitExchange>({
    connect: (options) => {
      const { market, url } = options;
      return bybit({
        ...commonOptions(options),
        ...(url !== undefined && { url }),
        category: named(CATEGORIES, market),
      });
    },
    show: (exchange, { market, streams }) => ({
      ...exchange,
      // Of options the venue has the trades of all that share a base coin.
      trades: (instrument) => {
        const [base = '', ...rest] = instrument.split('-');
        return market === 'option' && rest.length > 0
          ? exchange.trades(base).pipe(filter((trade) => trade.instrument === instrument))
          : exchange.trades(instrument);
      },
      book: (instrument) => {
        const depth = DEPTHS.find((one) => `${one}` === streams?.get(instrument));
        return exchange.book(instrument, depth === undefined ? {} : { depth });
      },
      candles: (instrument, interval) => exchange.candles(instrument, named(bybitIntervals, interval)),
    }),
  }),
  recorded: recordedBybit,
};
