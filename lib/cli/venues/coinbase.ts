import { map } from 'rxjs';
import { candlesFromTrades } from '../../operators/candlesFromTrades.js';
import { type InstrumentSpec, parseFaults, simulatedCoinbase } from '../../simulation/index.js';
import {
  type CoinbaseAdvancedExchange,
  type CoinbaseExchange,
  coinbaseAdvanced,
  coinbaseAdvancedStreams,
  coinbaseExchange,
} from '../../venues/coinbase/index.js';
import { bestOfBook } from './bestOfBook.js';
import type { SimulatedCliVenue } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { recordedCoinbase } from './recordedCoinbase.js';
import { type Opening, opening } from './opening.js';
import type { FeedOptions } from './venueFeed.js';

/** Products as they are traded there, in dollars. */
const SIMULATED: readonly InstrumentSpec[] = [
  { symbol: 'BTCUSD', base: 'BTC', quote: 'USD', price: '60000.00', size: '0.50000', grain: 20 },
  { symbol: 'ETHUSD', base: 'ETH', quote: 'USD', price: '3000.00', size: '4.0000', grain: 3 },
];

/** Exchange has no stream of candles: they are made of trades. */
const INTERVALS: Readonly<Record<string, number>> = { '1m': 60_000, '5m': 300_000, '1h': 3_600_000 };

export const coinbaseVenue: SimulatedCliVenue = {
  name: 'coinbase',
  markets: ['exchange', 'advanced'],
  channels: ['book', 'trades', 'quotes', 'candles', 'ticker'],
  intervals: (market) => (market === 'advanced' ? ['5m'] : Object.keys(INTERVALS)),
  instrument: 'BTC-USD',
  simulated: ['advanced'],
  spell: (instrument) => instrument.toUpperCase(),
  checkFaults: (text) => {
    parseFaults(text);
  },
  streams: coinbaseAdvancedStreams,
  open: (options) => sideOf(options).open(options),
  connect: (options) => sideOf(options).connect(options),
  calls: (options, requested) => sideOf(options).calls(options, requested),
  relayed: (options, by) => sideOf(options).relayed(options, by),
  simulate: ({ seed, faults }) => simulatedCoinbase({ seed, instruments: SIMULATED, faults: parseFaults(faults) }),
  recorded: recordedCoinbase,
  demonstration: {
    faults: 'drop@8s/10s,closeCleanly@15s/20s',
    note: 'Simulated: a frame is lost about every 10 s, the connection is closed every 20 s.',
  },
};

const exchangeSide = opening<CoinbaseExchange>({
  connect: (options) =>
    coinbaseExchange({ ...commonOptions(options), ...(options.url !== undefined && { url: options.url }) }),
  show: (exchange) => ({
    ...exchange,
    quotes: (product) => bestOfBook(exchange.book(product)),
    candles: (product, interval) =>
      exchange.trades(product).pipe(candlesFromTrades({ interval: INTERVALS[interval] ?? 60_000, name: interval })),
  }),
});

const advancedSide = opening<CoinbaseAdvancedExchange>({
  streams: coinbaseAdvancedStreams,
  connect: (options) =>
    coinbaseAdvanced({ ...commonOptions(options), ...(options.url !== undefined && { url: options.url }) }),
  show: (exchange) => ({
    ...exchange,
    candles: (product) => exchange.candles(product),
    // The venue tells the change instead of the opening price.
    ticker: (product) =>
      exchange.ticker(product).pipe(
        map(({ changePercent, exact, ...ticker }) => {
          const open = ticker.last / (1 + changePercent / 100);
          return { ...ticker, open, exact: { ...exact, open: open.toFixed(2) } };
        }),
      ),
  }),
});

const sideOf = ({ market }: FeedOptions): Opening => (market === 'advanced' ? advancedSide : exchangeSide);
