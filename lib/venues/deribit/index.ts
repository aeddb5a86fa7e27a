import { aDuration, aNumber, aText, checkOptions } from '../../errors/optionRules.js';
import { type BookParameters, type BookStreams, Books } from '../../feed/books.js';
import { candlesClosedByNext } from '../../feed/candlesClosedByNext.js';
import { eachTrade } from '../../feed/countedTrades.js';
import { Discretion } from '../../feed/discretion.js';
import { Instruments } from '../../feed/instruments.js';
import { candlesWith } from '../../feed/joinCandles.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore } from '../../feed/venueCore.js';
import type { WirePlan } from '../../socket/plan.js';
import { candlesChannel } from './candles.js';
import { type DeribitChoice, type DeribitInterval, depthOf } from './depth.js';
import { DeribitDialect } from './dialect.js';
import { messages, requests, wireLimits, requestRate, refusalIn } from './endpoint.js';
import type { DeribitBookOptions, DeribitExchange, DeribitPace } from './exchange.js';
import { historyOf } from './history.js';
import { instrumentsOf } from './instruments.js';
import { type DeribitOptions, settingsOf } from './options.js';
import { quotesChannel } from './quotes.js';
import { tickerChannel } from './ticker.js';
import { GROUP, instrumentOf } from './topics.js';
import { allTradesChannel, numbersOf, tradesChannel } from './trades.js';

export { type DeribitResolution, deribitResolutions } from './candles.js';
export type { DeribitDepth, DeribitInterval, DeribitView } from './depth.js';
export type { DeribitBookOptions, DeribitExchange, DeribitPace } from './exchange.js';
export type { DeribitCredentials, DeribitOptions } from './options.js';
export type { DeribitFigures, DeribitTicker } from './ticker.js';
export type { DeribitKind, DeribitTrade } from './trades.js';
export { deribitStreams } from './streams.js';

/** What one book of Deribit differs by from another. */
interface DeribitBook extends BookParameters, DeribitChoice {}

const bookRules = { interval: aText, depth: aNumber, group: aText, silentAfter: aDuration };

/**
 * Deribit. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function deribit(options: DeribitOptions = {}): DeribitExchange {
  const { socketUrl, restUrl, credentials, channelsPerWire } = settingsOf(options);
  const discretion = new Discretion();
  if (credentials !== undefined) discretion.hide(credentials.clientSecret);
  const base = new VenueBase('deribit', options, { limits: [requestRate], discretion, refusalIn });
  const wire: WirePlan = {
    endpoint: () => [{ url: socketUrl }],
    dialect: (link) => new DeribitDialect(link, { credentials, scheduler: base.scheduler }),
    limits: { ...wireLimits, channels: channelsPerWire },
  };
  const core = new VenueCore(base, { wires: { [GROUP]: wire }, messages, requests });
  const books = new Books(core);

  const bookBy = books.of((book: DeribitBook) => depthOf(book.instrument, book));
  const bookOf = (instrument: string, book: DeribitBookOptions = {}): BookStreams => {
    checkOptions('options', book, bookRules);
    const { interval = '100ms', depth, group, silentAfter } = book;
    return bookBy({ instrument: instrumentOf(instrument), interval, depth, group, silentAfter });
  };

  const instruments = new Instruments(base, () => instrumentsOf(base, restUrl));
  return instruments.offer<DeribitExchange>(
    {
      ...core.exchange,
      book: (instrument, book) => bookOf(instrument, book).state$,
      depth: (instrument, book) => bookOf(instrument, book).event$,
      trades: (instrument, pace) =>
        eachTrade(core, tradesChannel(instrument, intervalOf(pace), core.report), numbersOf),
      allTrades: (kind, currency, pace) =>
        eachTrade(core, allTradesChannel(kind, currency, intervalOf(pace), core.report), numbersOf),
      quotes: (instrument) => core.current(quotesChannel(instrument)),
      candles: (instrument, resolution, past) => {
        const source = candlesChannel(instrument, resolution);
        const live = () => candlesClosedByNext(core, source);
        return candlesWith(
          { base, core, options: past },
          source,
          () => historyOf(base, restUrl, instrumentOf(instrument), resolution),
          live,
        );
      },
      ticker: (instrument, pace) => core.current(tickerChannel(instrument, intervalOf(pace), core.report)),
      tally: (instrument) => books.tally(instrumentOf(instrument)),
      resync: (instrument) => {
        books.resync(instrument === undefined ? undefined : instrumentOf(instrument));
      },
    },
    ['book', 'depth', 'trades', 'quotes', 'candles', 'ticker'],
    'BTC-PERPETUAL',
  );
}

function intervalOf(pace: DeribitPace = {}): DeribitInterval {
  checkOptions('options', pace, { interval: aText });
  return pace.interval ?? '100ms';
}
