import { filter, mergeMap } from 'rxjs';
import { closedByNext } from '../../../feed/closedByNext.js';
import { foldedChannel } from '../../../feed/venueCore.js';
import { krakenCore } from '../core.js';
import type { KrakenExchange } from '../exchange.js';
import type { KrakenOptions } from '../options.js';
import { symbolOf } from '../topics.js';
import { candlesChannel } from './candles.js';
import { depthChannel } from './depth.js';
import { KrakenDialect } from './dialect.js';
import { quotesChannel } from './quotes.js';
import { tickerChannel } from './ticker.js';
import { tradesChannel } from './trades.js';

/**
 * Kraken spot by v2 of its WebSocket API. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function kraken(options: KrakenOptions = {}): KrakenExchange {
  const { core, common } = krakenCore(options, {
    path: '/v2',
    dialect: (link) => new KrakenDialect(link),
    depthChannel,
  });
  return {
    ...common,
    trades: (symbol) =>
      core
        .stream(tradesChannel(symbolOf(symbol), core.report))
        .pipe(mergeMap(({ isPast, trades }) => (isPast ? [] : trades))),
    recentTrades: (symbol) =>
      core
        .stream(tradesChannel(symbolOf(symbol), core.report))
        .pipe(mergeMap(({ isPast, trades }) => (isPast ? trades : []))),
    quotes: (symbol) => core.current(quotesChannel(symbolOf(symbol))).pipe(mergeMap((quotes) => quotes)),
    candles: (symbol, interval) => {
      const source = candlesChannel(symbolOf(symbol), interval);
      return foldedChannel(core, source.topic.key, source, closedByNext).pipe(filter((candle) => candle !== undefined));
    },
    ticker: (symbol) => core.current(tickerChannel(symbolOf(symbol))).pipe(mergeMap((tickers) => tickers)),
  };
}
