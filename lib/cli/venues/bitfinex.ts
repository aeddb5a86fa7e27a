import {
  bitfinex,
  type BitfinexBookByOrderOptions,
  type BitfinexBookOptions,
  type BitfinexDepth,
  type BitfinexFrequency,
  type BitfinexPrecision,
  bitfinexIntervals,
  type BitfinexExchange,
} from '../../venues/bitfinex/index.js';
import { type CliVenue, named } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
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
  simulated: [],
  // The case of a symbol counts.
  spell: (instrument) => instrument,
  checkFaults: () => undefined,
  ...opening<BitfinexExchange>({
    connect: (options) => {
      const { url } = options;
      return bitfinex({ ...commonOptions(options), ...(url !== undefined && { url }) });
    },
    show: (exchange, { streams }) => ({
      ...exchange,
      book: (instrument) => {
        const stream = streams?.get(instrument);
        return stream?.startsWith('R0.') === true
          ? exchange.bookByOrder(instrument, ordersOf(stream))
          : exchange.book(instrument, viewOf(stream));
      },
      candles: (instrument, interval) => exchange.candles(instrument, named(bitfinexIntervals, interval)),
    }),
  }),
  recorded: recordedBitfinex,
};

/** `R0.F0.100` */
function ordersOf(stream: string): BitfinexBookByOrderOptions {
  const { frequency, depth } = viewOf(stream.replace('R0', 'P0'));
  return { ...(frequency !== undefined && { frequency }), ...(depth !== undefined && { depth }) };
}

/** `P0.F0.100` */
function viewOf(stream: string | undefined): BitfinexBookOptions {
  if (stream === undefined) return {};
  const [precision = '', frequency = '', levels] = stream.split('.');
  const depth = DEPTHS.find((one) => `${one}` === levels);
  const view = { precision: named(PRECISIONS, precision), frequency: named(FREQUENCIES, frequency) };
  return depth === undefined ? view : { ...view, depth };
}
