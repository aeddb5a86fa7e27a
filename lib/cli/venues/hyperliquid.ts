import { EMPTY } from 'rxjs';
import { hyperliquid, hyperliquidIntervals } from '../../venues/hyperliquid/index.js';
import { type CliVenue, named } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { recordedHyperliquid } from './recordedHyperliquid.js';

const MARKETS = ['live', 'testnet'] as const;

export const hyperliquidVenue: CliVenue = {
  name: 'hyperliquid',
  markets: MARKETS,
  channels: ['book', 'trades', 'quotes', 'candles'],
  intervals: () => hyperliquidIntervals,
  instrument: 'BTC',
  simulated: false,
  // The case of a coin counts: `kPEPE`.
  spell: (instrument) => instrument,
  checkFaults: () => undefined,
  open: (options) => {
    const { market, streams, url } = options;
    const testnet = named(MARKETS, market) === 'testnet';
    const exchange = hyperliquid({ ...commonOptions(options), ...(url !== undefined && { url }), testnet });
    return {
      ...exchange,
      book: (coin) => exchange.book(coin, { fast: streams?.get(coin) === 'fast' }),
      candles: (coin, interval) => exchange.candles(coin, named(hyperliquidIntervals, interval)),
      // The venue streams none.
      ticker: () => EMPTY,
    };
  },
  recorded: recordedHyperliquid,
};
