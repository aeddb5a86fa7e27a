import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { parseFaults, simulatedBinance } from '../../simulation/index.js';
import {
  binance,
  binanceIntervals,
  type BinanceDepthSpeed,
  type BinanceExchange,
  type BinanceInterval,
  type BinanceMarket,
} from '../../venues/binance/index.js';
import { named, type SimulatedCliVenue } from './cliVenue.js';
import { recordedBinance } from './recordedBinance.js';

const MARKETS: readonly BinanceMarket[] = ['spot', 'usdm', 'coinm'];
const SPEEDS: readonly BinanceDepthSpeed[] = ['100ms', '250ms', '500ms', '1000ms'];
const SIMULATED = ['spot', 'usdm'] as const;
const intervalsOf = (market: string): readonly BinanceInterval[] => binanceIntervals[named(MARKETS, market)];

export const binanceVenue: SimulatedCliVenue = {
  name: 'binance',
  markets: MARKETS,
  channels: ['book', 'trades', 'quotes', 'candles', 'ticker'],
  intervals: intervalsOf,
  instrument: 'BTCUSDT',
  simulated: SIMULATED,
  spell: (instrument) => instrument.toUpperCase(),
  checkFaults: parseFaults,
  ...opening<BinanceExchange>({
    connect: (options) => {
      const { market, url, restUrl } = options;
      const addresses = { ...(url !== undefined && { url }), ...(restUrl !== undefined && { restUrl }) };
      return binance({ ...commonOptions(options), ...addresses, market: named(MARKETS, market) });
    },
    show: (exchange, { market, streams, tradeStreams }) => ({
      ...exchange,
      book: (instrument) => {
        const speed = streams?.get(instrument);
        return exchange.book(instrument, speed === undefined ? {} : { speed: speedOf(market, speed) });
      },
      trades: (instrument) =>
        tradeStreams?.get(instrument) === 'trade' ? exchange.trades(instrument) : exchange.aggregateTrades(instrument),
      plainTrades: (instrument) => exchange.trades(instrument),
      candles: (instrument, interval) => exchange.candles(instrument, named(intervalsOf(market), interval)),
    }),
  }),
  simulate: ({ market, seed, faults }) =>
    simulatedBinance({ market: named(SIMULATED, market), seed, faults: parseFaults(faults) }),
  recorded: recordedBinance,
  demonstration: {
    faults: 'drop@8s/20s,slowSnapshot=3s@7s+4s/20s,closeCleanly@18s/20s,refuseConnections@18s+3s/20s',
    note: 'Simulated: every 20 s a message is lost, 10 s later the wire; each costs 3 s.',
  },
};

/** Which speed a stream's name means: the market's own pace has none. */
const speedOf = (market: string, name: string): BinanceDepthSpeed =>
  SPEEDS.find((speed) => speed === name) ?? (market === 'spot' ? '1000ms' : '250ms');
