import { filter, map, type Observable } from 'rxjs';
import type { BookState } from '../../model/bookState.js';
import type { Quote } from '../../model/quote.js';
import { candlesFromTrades } from '../../operators/candlesFromTrades.js';
import { live } from '../../operators/live.js';
import { coinbaseAdvanced, coinbaseExchange } from '../../venues/coinbase/index.js';
import type { CliVenue } from './cliVenue.js';
import { commonOptions } from './commonOptions.js';
import { recordedCoinbase } from './recordedCoinbase.js';
import type { FeedOptions, VenueFeed } from './venueFeed.js';

/** Exchange has no stream of candles: they are made of trades. */
const INTERVALS: Readonly<Record<string, number>> = { '1m': 60_000, '5m': 300_000, '1h': 3_600_000 };

export const coinbaseVenue: CliVenue = {
  name: 'coinbase',
  markets: ['exchange', 'advanced'],
  channels: ['book', 'trades', 'quotes', 'candles', 'ticker'],
  intervals: (market) => (market === 'advanced' ? ['5m'] : Object.keys(INTERVALS)),
  instrument: 'BTC-USD',
  simulated: false,
  spell: (instrument) => instrument.toUpperCase(),
  checkFaults: () => undefined,
  open: (options) => (options.market === 'advanced' ? openAdvanced(options) : openExchange(options)),
  recorded: recordedCoinbase,
};

function openExchange(options: FeedOptions): VenueFeed {
  const exchange = coinbaseExchange({
    ...commonOptions(options),
    ...(options.url !== undefined && { url: options.url }),
  });
  return {
    ...exchange,
    quotes: (product) => quotesOf(exchange.book(product)),
    candles: (product, interval) =>
      exchange.trades(product).pipe(candlesFromTrades({ interval: INTERVALS[interval] ?? 60_000, name: interval })),
  };
}

function openAdvanced(options: FeedOptions): VenueFeed {
  const exchange = coinbaseAdvanced({
    ...commonOptions(options),
    ...(options.url !== undefined && { url: options.url }),
  });
  return {
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
  };
}

/** Best bid and ask of the live book. */
const quotesOf = (book$: Observable<BookState>): Observable<Quote> =>
  book$.pipe(
    live(),
    map(({ instrument, bestBid, bestAsk, venueTime, receivedTime }) => ({
      instrument,
      bid: bestBid,
      ask: bestAsk,
      venueTime,
      receivedTime,
    })),
    filter(({ bid, ask }) => bid !== undefined || ask !== undefined),
  );
