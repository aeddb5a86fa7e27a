import { type MonoTypeOperatorFunction, filter, map } from 'rxjs';
import { aDuration, aNumber, aText, checkOptions } from '../../errors/optionRules.js';
import { flatten } from '../../feed/flatten.js';
import { type BookParameters, type BookStreams, Books } from '../../feed/books.js';
import { statesByOrder } from '../../feed/bookStreams.js';
import { candlesClosedByNext } from '../../feed/candlesClosedByNext.js';
import { Instruments } from '../../feed/instruments.js';
import { type CandleChannels, candlesWith } from '../../feed/joinCandles.js';
import { depthUnlessStalled, unlessStalled } from '../../feed/unlessStalled.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore, eachValue } from '../../feed/venueCore.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { ChannelEvent } from '../../socket/channelEvent.js';
import type { WirePlan } from '../../socket/plan.js';
import { candlesChannel } from './candles.js';
import { type BitfinexView, depthOf } from './depth.js';
import { depthByOrder } from './depthByOrder.js';
import { BitfinexDialect } from './dialect.js';
import { connections, STALLED, wireLimits, requestRate, refusalIn } from './endpoint.js';
import type { BitfinexBookOptions, BitfinexExchange } from './exchange.js';
import { historyOf } from './history.js';
import { instrumentsOf } from './instruments.js';
import { type BitfinexOptions, settingsOf } from './options.js';
import { tickerChannel } from './ticker.js';
import { GROUP, symbolOf } from './topics.js';
import { tradesChannel } from './trades.js';

export { type BitfinexInterval, bitfinexIntervals } from './candles.js';
export type { BitfinexDepth, BitfinexFrequency, BitfinexPrecision } from './depth.js';
export type { BitfinexBookByOrderOptions, BitfinexBookOptions, BitfinexExchange } from './exchange.js';
export type { BitfinexOptions } from './options.js';

/** What one book of Bitfinex differs by from another. */
interface BitfinexBook extends BookParameters, BitfinexView {}

const byOrderRules = { frequency: aText, depth: aNumber, silentAfter: aDuration };
const bookRules = { ...byOrderRules, precision: aText };

/**
 * Bitfinex v2. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function bitfinex(options: BitfinexOptions = {}): BitfinexExchange {
  const { socketUrl, restUrl, channelsPerWire } = settingsOf(options);
  const base = new VenueBase('bitfinex', options, { limits: [requestRate], refusalIn });
  const wire: WirePlan = {
    endpoint: () => [{ url: socketUrl }],
    dialect: (link) => new BitfinexDialect(link),
    limits: { ...wireLimits, channels: channelsPerWire },
  };
  const core = new VenueCore(base, { wires: { [GROUP]: wire }, connections });
  const books = new Books(core);

  const bookBy = books.of((book: BitfinexBook) => watched(core, depthOf(book.instrument, book)));
  const bookOf = (symbol: string, book: BitfinexBookOptions = {}): BookStreams => {
    checkOptions('options', book, bookRules);
    const { precision = 'P0', frequency = 'F0', depth = 100, silentAfter } = book;
    return bookBy({ instrument: symbolOf(symbol), precision, frequency, depth, silentAfter });
  };
  const byOrder = books.of(({ instrument, frequency, depth }: Omit<BitfinexBook, 'precision'>) =>
    watched(core, depthByOrder(instrument, frequency, depth)),
  );
  const tradesOf = (symbol: string, isPast: boolean) => {
    const source = tradesChannel(symbolOf(symbol), core.report);
    return eachValue(core, source, watchOf(core, source)).pipe(
      flatten((news) => (news.isPast === isPast ? news.trades : [])),
    );
  };
  const newsOf = (symbol: string) => {
    const source = tickerChannel(symbolOf(symbol), core.report);
    return core.current(source, watchOf(core, source));
  };

  const instruments = new Instruments(base, () => instrumentsOf(base, restUrl));
  return instruments.offer<BitfinexExchange>(
    {
      ...core.exchange,
      book: (symbol, book) => bookOf(symbol, book).state$,
      depth: (symbol, book) => bookOf(symbol, book).event$,
      bookByOrder: (symbol, book = {}) => {
        checkOptions('options', book, byOrderRules);
        const { frequency = 'F0', depth = 100, silentAfter } = book;
        return statesByOrder(byOrder({ instrument: symbolOf(symbol), frequency, depth, silentAfter }));
      },
      trades: (symbol) => tradesOf(symbol, false),
      recentTrades: (symbol) => tradesOf(symbol, true),
      quotes: (symbol) => newsOf(symbol).pipe(map(({ quote }) => quote)),
      candles: candlesBy(base, core, restUrl),
      ticker: (symbol) =>
        newsOf(symbol).pipe(
          map(({ ticker }) => ticker),
          filter((ticker) => ticker !== undefined),
        ),
      tally: (symbol) => books.tally(symbolOf(symbol)),
      resync: (symbol) => {
        books.resync(symbol === undefined ? undefined : symbolOf(symbol));
      },
    },
    ['book', 'depth', 'bookByOrder', 'trades', 'recentTrades', 'quotes', 'candles', 'ticker'],
    'tBTCUSD',
  );
}

const watched = <B extends { readonly source: Parameters<typeof depthUnlessStalled>[1] }>(
  core: VenueCore,
  book: B,
) => ({
  ...book,
  source: depthUnlessStalled(core, book.source, STALLED),
});

/** Each channel says every so often that nothing happens. */
const watchOf = <T>(core: VenueCore, { topic }: ChannelSpec<T>): MonoTypeOperatorFunction<ChannelEvent<T>> =>
  unlessStalled(core.contextOf(topic.key), STALLED);

const candlesBy =
  (base: VenueBase, core: VenueCore, restUrl: string): BitfinexExchange['candles'] =>
  (symbol, interval, options) => {
    const source = candlesChannel(symbolOf(symbol), interval, core.report);
    const watch = watchOf(core, source);
    const live = () => candlesClosedByNext(core, source, watch);
    const past = () => historyOf(base, restUrl, symbolOf(symbol), interval);
    const channel: CandleChannels['channel'] = () => core.channel(source).pipe(watch);
    return candlesWith({ base, core: { channel }, options }, source, past, live);
  };
