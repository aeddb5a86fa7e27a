import { type KrakenDepth, krakenDepths, krakenIntervals, kraken, krakenV1 } from '../../venues/kraken/index.js';
import { type CliVenue, named } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { recordedKraken } from './recordedKraken.js';

export const krakenVenue: CliVenue = {
  name: 'kraken',
  markets: ['v2', 'v1'],
  channels: ['book', 'trades', 'quotes', 'candles', 'ticker'],
  intervals: () => krakenIntervals,
  instrument: 'BTC/USD',
  simulated: false,
  spell: (instrument) => instrument.toUpperCase(),
  checkFaults: () => undefined,
  open: (options) => {
    const { market, streams, url } = options;
    const settings = { ...commonOptions(options), ...(url !== undefined && { url }) };
    const exchange = market === 'v1' ? krakenV1(settings) : kraken(settings);
    return {
      ...exchange,
      exchange,
      book: (instrument) => exchange.book(instrument, { depth: depthOf(streams?.get(instrument)) }),
      candles: (instrument, interval) => exchange.candles(instrument, named(krakenIntervals, interval)),
    };
  },
  recorded: recordedKraken,
};

const depthOf = (stream: string | undefined): KrakenDepth => krakenDepths.find((one) => `${one}` === stream) ?? 10;
