import { flatten } from '../../../feed/flatten.js';
import { candlesClosedByNext } from '../../../feed/candlesClosedByNext.js';
import { eachValue } from '../../../feed/venueCore.js';
import { krakenCore } from '../core.js';
import type { KrakenV1Exchange } from '../exchange.js';
import type { KrakenOptions } from '../options.js';
import { symbolOf } from '../topics.js';
import { candlesChannel } from './candles.js';
import { depthChannel } from './depth.js';
import { KrakenV1Dialect } from './dialect.js';
import { quotesChannel } from './quotes.js';
import { tickerChannel } from './ticker.js';
import { tradesChannel } from './trades.js';

/**
 * Kraken spot by v1 of its WebSocket API, which the venue keeps for those who use it. Cold: opens nothing until something is
 * subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function krakenV1(options: KrakenOptions = {}): KrakenV1Exchange {
  const { core, common } = krakenCore(options, {
    path: '',
    dialect: (...parts) => new KrakenV1Dialect(...parts),
    depthChannel,
  });
  return {
    ...common,
    trades: (symbol) => eachValue(core, tradesChannel(symbolOf(symbol), core.report)),
    quotes: (symbol) => core.current(quotesChannel(symbolOf(symbol))),
    candles: (symbol, interval) => candlesClosedByNext(core, candlesChannel(symbolOf(symbol), interval)),
    ticker: (symbol) => core.current(tickerChannel(symbolOf(symbol))).pipe(flatten((tickers) => tickers)),
  };
}
