import { filter, map } from 'rxjs';
import { aDuration, aNumber, aText, checkOptions } from '../../errors/optionRules.js';
import { flatten } from '../../feed/flatten.js';
import { type BookParameters, type BookStreams, Books } from '../../feed/books.js';
import { statesByOrder } from '../../feed/bookStreams.js';
import { candlesClosedByNext } from '../../feed/candlesClosedByNext.js';
import { Instruments } from '../../feed/instruments.js';
import { candlesWith } from '../../feed/joinCandles.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore } from '../../feed/venueCore.js';
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
interface BitfinexBook extends BookParameters, BitfinexView {
  readonly silentAfter: number;
}

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

  const bookBy = books.of((book: BitfinexBook) => ({
    ...depthOf(book.instrument, book),
    isPeriodic: book.silentAfter >= STALLED,
  }));
  const bookOf = (symbol: string, book: BitfinexBookOptions = {}): BookStreams => {
    checkOptions('options', book, bookRules);
    const { precision = 'P0', frequency = 'F0', depth = 100, silentAfter = STALLED } = book;
    return bookBy({ instrument: symbolOf(symbol), precision, frequency, depth, silentAfter });
  };
  const byOrder = books.of(({ instrument, frequency, depth, silentAfter }: Omit<BitfinexBook, 'precision'>) => ({
    ...depthByOrder(instrument, frequency, depth),
    isPeriodic: silentAfter >= STALLED,
  }));
  const tradesOf = (symbol: string, isPast: boolean) =>
    core
      .stream(tradesChannel(symbolOf(symbol), core.report))
      .pipe(flatten((news) => (news.isPast === isPast ? news.trades : [])));
  const newsOf = (symbol: string) => core.current(tickerChannel(symbolOf(symbol), core.report));

  const instruments = new Instruments(base, () => instrumentsOf(base, restUrl));
  return instruments.offer<BitfinexExchange>(
    {
      ...core.exchange,
      book: (symbol, book) => bookOf(symbol, book).state$,
      depth: (symbol, book) => bookOf(symbol, book).event$,
      bookByOrder: (symbol, book = {}) => {
        checkOptions('options', book, byOrderRules);
        const { frequency = 'F0', depth = 100, silentAfter = STALLED } = book;
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

const candlesBy =
  (base: VenueBase, core: VenueCore, restUrl: string): BitfinexExchange['candles'] =>
  (symbol, interval, options) => {
    const source = candlesChannel(symbolOf(symbol), interval, core.report);
    const live = () => candlesClosedByNext(core, source);
    const past = () => historyOf(base, restUrl, symbolOf(symbol), interval);
    return candlesWith({ base, core, options }, source, past, live);
  };
