import {
  bitfinex,
  type BitfinexBookOptions,
  type BitfinexDepth,
  type BitfinexFrequency,
  type BitfinexPrecision,
  bitfinexIntervals,
} from '../../venues/bitfinex/index.js';
import { type CliVenue, named } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { recordedBitfinex } from './recordedBitfinex.js';

const PRECISIONS: readonly BitfinexPrecision[] = ['P0', 'P1', 'P2', 'P3', 'P4'];
const FREQUENCIES: readonly BitfinexFrequency[] = ['F0', 'F1'];
const DEPTHS: readonly BitfinexDepth[] = [1, 25, 100, 250];

export const bitfinexVenue: CliVenue = {
  name: 'bitfinex',
  markets: ['live'],
  channels: ['book', 'trades', 'quotes', 'candles', 'ticker'],
  intervals: () => bitfinexIntervals,
  instrument: 'tBTCUSD',
  simulated: false,
  // The case of a symbol counts.
  spell: (instrument) => instrument,
  checkFaults: () => undefined,
  open: (options) => {
    const { streams, url } = options;
    const exchange = bitfinex({ ...commonOptions(options), ...(url !== undefined && { url }) });
    return {
      ...exchange,
      book: (instrument) => exchange.book(instrument, viewOf(streams?.get(instrument))),
      candles: (instrument, interval) => exchange.candles(instrument, named(bitfinexIntervals, interval)),
    };
  },
  recorded: recordedBitfinex,
};

/** `P0.F0.100` */
function viewOf(stream: string | undefined): BitfinexBookOptions {
  if (stream === undefined) return {};
  const [precision = '', frequency = '', levels] = stream.split('.');
  const depth = DEPTHS.find((one) => `${one}` === levels);
  const view = { precision: named(PRECISIONS, precision), frequency: named(FREQUENCIES, frequency) };
  return depth === undefined ? view : { ...view, depth };
}
