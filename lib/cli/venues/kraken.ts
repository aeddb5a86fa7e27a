import {
  type KrakenDepth,
  krakenDepths,
  krakenIntervals,
  kraken,
  krakenV1,
  type KrakenExchange,
  type KrakenV1Exchange,
} from '../../venues/kraken/index.js';
import { parseFaults, simulatedKraken } from '../../simulation/index.js';
import { named, type SimulatedCliVenue } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { recordedKraken } from './recordedKraken.js';

export const krakenVenue: SimulatedCliVenue = {
  name: 'kraken',
  markets: ['v2', 'v1'],
  channels: ['book', 'trades', 'quotes', 'candles', 'ticker'],
  intervals: () => krakenIntervals,
  instrument: 'BTC/USDT',
  simulated: ['v2'],
  spell: (instrument) => instrument.toUpperCase(),
  checkFaults: (text) => {
    parseFaults(text);
  },
  ...opening<KrakenExchange | KrakenV1Exchange>({
    connect: (options) => {
      const { market, url } = options;
      const settings = { ...commonOptions(options), ...(url !== undefined && { url }) };
      return market === 'v1' ? krakenV1(settings) : kraken(settings);
    },
    show: (exchange, { streams }) => ({
      ...exchange,
      book: (instrument) => exchange.book(instrument, { depth: depthOf(streams?.get(instrument)) }),
      candles: (instrument, interval) => exchange.candles(instrument, named(krakenIntervals, interval)),
    }),
  }),
  simulate: ({ seed, faults }) => simulatedKraken({ seed, faults: parseFaults(faults) }),
  recorded: recordedKraken,
  demonstration: {
    faults: 'wrongChecksum@8s/20s,closeCleanly@16s/20s,refuseConnections@16s+3s/20s',
    note: 'Simulated: every 20 s a checksum fails; 8 s later the wire is lost for 3 s.',
  },
};

const depthOf = (stream: string | undefined): KrakenDepth => krakenDepths.find((one) => `${one}` === stream) ?? 10;
