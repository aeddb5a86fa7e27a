import { flatten } from '../../../feed/flatten.js';
import { candlesClosedByNext } from '../../../feed/candlesClosedByNext.js';
import { Instruments } from '../../../feed/instruments.js';
import { candlesWith } from '../../../feed/joinCandles.js';
import { krakenCore } from '../core.js';
import type { KrakenExchange } from '../exchange.js';
import type { KrakenOptions } from '../options.js';
import { symbolOf } from '../topics.js';
import { candlesChannel } from './candles.js';
import { depthChannel } from './depth.js';
import { KrakenDialect } from './dialect.js';
import { historyOf } from './history.js';
import { instrumentsOf } from './instruments.js';
import { quotesChannel } from './quotes.js';
import { tickerChannel } from './ticker.js';
import { tradesChannel } from './trades.js';

/**
 * Kraken spot by v2 of its WebSocket API. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function kraken(options: KrakenOptions = {}): KrakenExchange {
  const { base, core, restUrl, common } = krakenCore(options, {
    path: '/v2',
    dialect: (...parts) => new KrakenDialect(...parts),
    depthChannel,
  });
  const instruments = new Instruments(base, () => instrumentsOf(base, restUrl));
  return instruments.offer<KrakenExchange>(
    {
      ...common,
      trades: (symbol) =>
        core
          .stream(tradesChannel(symbolOf(symbol), core.report))
          .pipe(flatten(({ isPast, trades }) => (isPast ? [] : trades))),
      recentTrades: (symbol) =>
        core
          .stream(tradesChannel(symbolOf(symbol), core.report))
          .pipe(flatten(({ isPast, trades }) => (isPast ? trades : []))),
      quotes: (symbol) => core.current(quotesChannel(symbolOf(symbol), core.report)).pipe(flatten((quotes) => quotes)),
      candles: (symbol, interval, past) => {
        const source = candlesChannel(symbolOf(symbol), interval);
        const live = () => candlesClosedByNext(core, source);
        return candlesWith(
          { base, core, options: past },
          source,
          () => historyOf(base, restUrl, symbolOf(symbol), interval),
          live,
        );
      },
      ticker: (symbol) =>
        core.current(tickerChannel(symbolOf(symbol), core.report)).pipe(flatten((tickers) => tickers)),
    },
    ['book', 'depth', 'trades', 'recentTrades', 'quotes', 'candles', 'ticker'],
    'BTC/USD',
    // The names of v2 are the unified ones.
    () => false,
  );
}
