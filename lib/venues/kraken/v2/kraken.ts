import { filter, mergeMap } from 'rxjs';
import { noRule } from '../../../book/continuity/none.js';
import { checksummed } from '../../../book/fold.js';
import { type BookStreams, Books } from '../../../feed/books.js';
import { closedByNext } from '../../../feed/closedByNext.js';
import { VenueBase } from '../../../feed/venueBase.js';
import { foldedChannel, VenueCore } from '../../../feed/venueCore.js';
import type { WirePlan } from '../../../socket/plan.js';
import { holdsChecksum } from '../checksum.js';
import { bookOptionsOf, type KrakenBook } from '../depths.js';
import { connections, GROUP, wireLimits } from '../endpoint.js';
import type { KrakenBookOptions, KrakenExchange } from '../exchange.js';
import { type KrakenOptions, settingsOf } from '../options.js';
import { symbolOf } from '../topics.js';
import { candlesChannel } from './candles.js';
import { depthChannel } from './depth.js';
import { krakenDialect } from './dialect.js';
import { quotesChannel } from './quotes.js';
import { tickerChannel } from './ticker.js';
import { tradesChannel } from './trades.js';

/**
 * Kraken spot by v2 of its WebSocket API. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function kraken(options: KrakenOptions = {}): KrakenExchange {
  const { base, channelsPerWire, messagesPerSecond } = settingsOf(options);
  const wire: WirePlan = {
    endpoint: () => [{ url: `${base}/v2` }],
    dialect: krakenDialect,
    limits: wireLimits(channelsPerWire, messagesPerSecond),
  };
  const core = new VenueCore(new VenueBase('kraken', options), { wires: { [GROUP]: wire }, connections });
  const books = new Books(core);

  const bookBy = books.of(({ instrument, depth }: KrakenBook) => ({
    source: depthChannel(instrument, depth),
    rule: noRule,
    fold: checksummed(holdsChecksum),
    depth,
  }));
  const bookOf = (symbol: string, book?: KrakenBookOptions): BookStreams =>
    bookBy({ ...bookOptionsOf(book), instrument: symbolOf(symbol) });

  return {
    ...core.exchange,
    book: (symbol, book) => bookOf(symbol, book).state$,
    depth: (symbol, book) => bookOf(symbol, book).event$,
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
    tally: (symbol) => books.tally(symbolOf(symbol)),
    resync: (symbol) => {
      books.resync(symbol === undefined ? undefined : symbolOf(symbol));
    },
  };
}
