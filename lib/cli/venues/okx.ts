import { okx, type OkxBookChannel, okxIntervals, type OkxRegion, type OkxExchange } from '../../venues/okx/index.js';
import { parseFaults, simulatedOkx } from '../../simulation/index.js';
import { named, type SimulatedCliVenue } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { recordedOkx } from './recordedOkx.js';

const REGIONS: readonly OkxRegion[] = ['global', 'eea', 'us'];
const CHANNELS: readonly OkxBookChannel[] = ['books', 'books5', 'bbo-tbt', 'books50-l2-tbt', 'books-l2-tbt'];

export const okxVenue: SimulatedCliVenue = {
  name: 'okx',
  markets: REGIONS,
  channels: ['book', 'trades', 'quotes', 'candles', 'ticker'],
  intervals: () => okxIntervals,
  instrument: 'BTC-USDT',
  simulated: REGIONS,
  spell: (instrument) => instrument.toUpperCase(),
  checkFaults: (text) => {
    parseFaults(text);
  },
  ...opening<OkxExchange>({
    connect: (options) => {
      const { market, url } = options;
      return okx({
        ...commonOptions(options),
        ...(url !== undefined && { url }),
        region: named(REGIONS, market),
      });
    },
    show: (exchange, { streams }) => ({
      ...exchange,
      book: (instrument) =>
        exchange.book(instrument, { channel: named(CHANNELS, streams?.get(instrument) ?? 'books') }),
      candles: (instrument, interval) => exchange.candles(instrument, named(okxIntervals, interval)),
    }),
  }),
  simulate: ({ seed, faults }) => simulatedOkx({ seed, faults: parseFaults(faults) }),
  recorded: recordedOkx,
  demonstration: {
    faults: 'drop@8s/20s,closeCleanly@16s/20s,refuseConnections@16s+3s/20s',
    note: 'Simulated: every 20 s a message is lost, 8 s later the wire, for 3 s.',
  },
};
