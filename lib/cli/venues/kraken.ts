import { type KrakenDepth, krakenDepths, krakenIntervals, kraken, krakenV1 } from '../../venues/kraken/index.js';
import { parseFaults, simulatedKraken } from '../../simulation/index.js';
import { UsageError } from '../args/usageError.js';
import { named, type SimulatedCliVenue } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { recordedKraken } from './recordedKraken.js';

export const krakenVenue: SimulatedCliVenue = {
  name: 'kraken',
  markets: ['v2', 'v1'],
  channels: ['book', 'trades', 'quotes', 'candles', 'ticker'],
  intervals: () => krakenIntervals,
  instrument: 'BTC/USDT',
  simulated: true,
  spell: (instrument) => instrument.toUpperCase(),
  checkFaults: (text) => {
    parseFaults(text);
  },
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
  simulate: ({ market, seed, faults }) => {
    if (market === 'v1') throw new UsageError('there is a simulated Kraken of v2 only: --market v2');
    return simulatedKraken({ seed, faults: parseFaults(faults) });
  },
  recorded: recordedKraken,
  demonstration: {
    faults: 'wrongChecksum@8s/20s,closeCleanly@16s/20s,refuseConnections@16s+3s/20s',
    note: 'Simulated: every 20 s a checksum fails; 8 s later the wire is lost for 3 s.',
  },
};

const depthOf = (stream: string | undefined): KrakenDepth => krakenDepths.find((one) => `${one}` === stream) ?? 10;
