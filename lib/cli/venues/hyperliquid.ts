import { hyperliquid, hyperliquidIntervals, type HyperliquidExchange } from '../../venues/hyperliquid/index.js';
import { type CliVenue, named } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { opening } from './opening.js';
import { recordedHyperliquid } from './recordedHyperliquid.js';

const MARKETS = ['live', 'testnet'] as const;

export const hyperliquidVenue: CliVenue = {
  name: 'hyperliquid',
  markets: MARKETS,
  channels: ['book', 'trades', 'quotes', 'candles'],
  intervals: () => hyperliquidIntervals,
  instrument: 'BTC',
  simulated: [],
  // The case of a coin counts: `kPEPE`.
  spell: (instrument) => instrument,
  checkFaults: () => undefined,
  ...opening<HyperliquidExchange>({
    connect: (options) => {
      const { market, url } = options;
      const testnet = named(MARKETS, market) === 'testnet';
      return hyperliquid({ ...commonOptions(options), ...(url !== undefined && { url }), testnet });
    },
    show: (exchange, { streams }) => ({
      ...exchange,
      book: (coin) => exchange.book(coin, { fast: streams?.get(coin) === 'fast' }),
      candles: (coin, interval) => exchange.candles(coin, named(hyperliquidIntervals, interval)),
    }),
  }),
  recorded: recordedHyperliquid,
};
