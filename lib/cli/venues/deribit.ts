import { EMPTY } from 'rxjs';
import {
  deribit,
  type DeribitBookOptions,
  type DeribitDepth,
  type DeribitInterval,
  deribitResolutions,
  type DeribitExchange,
} from '../../venues/deribit/index.js';
import { type CliVenue, named } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { recordedDeribit } from './recordedDeribit.js';

const MARKETS = ['live', 'testnet'] as const;
const INTERVALS: readonly DeribitInterval[] = ['100ms', 'agg2', 'raw'];
const DEPTHS: readonly DeribitDepth[] = [1, 10, 20];

export const deribitVenue: CliVenue = {
  name: 'deribit',
  markets: MARKETS,
  channels: ['book', 'trades', 'quotes', 'candles'],
  intervals: () => deribitResolutions,
  instrument: 'BTC-PERPETUAL',
  simulated: [],
  // The case of a name counts: `MATIC_USDC-9MAR24-1d02-C`.
  spell: (instrument) => instrument,
  checkFaults: () => undefined,
  ...opening<DeribitExchange>({
    connect: (options) => {
      const { market, url } = options;
      return deribit({
        ...commonOptions(options),
        ...(url !== undefined && { url }),
        testnet: named(MARKETS, market) === 'testnet',
      });
    },
    show: (exchange, { streams, tradeStreams }) => ({
      ...exchange,
      book: (instrument) => exchange.book(instrument, viewOf(streams?.get(instrument))),
      trades: (instrument) => {
        const interval = tradeStreams?.get(instrument) ?? '100ms';
        return exchange.trades(instrument, { interval: named(INTERVALS, interval) });
      },
      candles: (instrument, resolution) => exchange.candles(instrument, named(deribitResolutions, resolution)),
      // The venue's own has no opening price.
      ticker: () => EMPTY,
    }),
  }),
  recorded: recordedDeribit,
};

/** `100ms`, or `none.10.100ms`. */
function viewOf(stream = '100ms'): DeribitBookOptions {
  const [interval = '', depth, group] = stream.split('.').reverse();
  const view = { interval: named(INTERVALS, interval) };
  const levels = DEPTHS.find((one) => `${one}` === depth);
  return group === undefined || levels === undefined ? view : { ...view, depth: levels, group };
}
