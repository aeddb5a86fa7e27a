import { type Observable, filter } from 'rxjs';
import { stepRule } from '../../book/continuity/step.js';
import { check } from '../../errors/checks.js';
import { aDuration, aNumber, checkOptions } from '../../errors/optionRules.js';
import { flatten } from '../../feed/flatten.js';
import { type BookParameters, type BookSpec, type BookStreams, Books } from '../../feed/books.js';
import { Instruments } from '../../feed/instruments.js';
import { candlesWith } from '../../feed/joinCandles.js';
import { depthUnlessStalled } from '../../feed/unlessStalled.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore, eachValue, foldedChannel } from '../../feed/venueCore.js';
import type { Candle } from '../../model/candle.js';
import type { WirePlan } from '../../socket/plan.js';
import { candlesChannel } from './candles.js';
import { type BybitDepth, depthChannel, usualDepth } from './depth.js';
import { BybitDialect } from './dialect.js';
import { type BybitCategory, connections, requestRate, STALLED, wireLimits, refusalIn } from './endpoint.js';
import type { BybitBookOptions, BybitExchange } from './exchange.js';
import { historyOf } from './history.js';
import { instrumentsOf } from './instruments.js';
import { type BybitOptions, settingsOf } from './options.js';
import { quotesIn } from './quotes.js';
import { foldTicker, tickerChannel } from './ticker.js';
import { GROUP, symbolOf } from './topics.js';
import { tradesChannel } from './trades.js';

export { type BybitInterval, bybitIntervals } from './candles.js';
export type { BybitDepth } from './depth.js';
export type { BybitCategory } from './endpoint.js';
export type { BybitBookOptions, BybitExchange } from './exchange.js';
export type { BybitOptions } from './options.js';

/** What one book of Bybit differs by from another. */
interface BybitBook extends BookParameters {
  readonly depth: BybitDepth;
}

const bookRules = { depth: aNumber, silentAfter: aDuration };

const describedBy =
  (core: VenueCore, category: BybitCategory) =>
  ({ instrument, depth }: BybitBook): BookSpec => {
    const source = depthChannel(category, instrument, depth, core.report);
    return { source: depth === 1 ? depthUnlessStalled(core, source, STALLED) : source, rule: stepRule };
  };

/**
 * Bybit v5, one category of its markets. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function bybit(options: BybitOptions = {}): BybitExchange {
  const settings = settingsOf(options);
  const { category } = settings;
  const base = new VenueBase('bybit', options, { limits: [requestRate], refusalIn });
  const wire: WirePlan = {
    endpoint: () => [{ url: settings.socketUrl }],
    dialect: (link) => new BybitDialect(link, base.scheduler),
    limits: wireLimits(category, settings.channelsPerWire),
  };
  const core = new VenueCore(base, { wires: { [GROUP]: wire }, connections });
  const books = new Books(core);

  const bookBy = books.of(describedBy(core, category));
  const bookOf = (symbol: string, book: BybitBookOptions = {}): BookStreams => {
    checkOptions('options', book, bookRules);
    const { depth = usualDepth(category), silentAfter } = book;
    return bookBy({ instrument: symbolOf(symbol), depth, silentAfter });
  };

  const instruments = new Instruments(base, () => instrumentsOf(base, settings));
  return instruments.offer<BybitExchange>(
    {
      ...core.exchange,
      category,
      book: (symbol, book) => bookOf(symbol, book).state$,
      depth: (symbol, book) => bookOf(symbol, book).event$,
      trades: (symbol) => {
        const instrument = symbolOf(symbol);
        const [coin = instrument] = category === 'option' ? instrument.split('-') : [];
        const all$ = eachValue(core, tradesChannel(coin, core.report));
        return all$.pipe(filter((trade) => coin === instrument || trade.instrument === instrument));
      },
      quotes: (symbol) => bookOf(symbol, { depth: category === 'option' ? 25 : 1 }).state$.pipe(flatten(quotesIn)),
      candles: (symbol, interval, past) => {
        const instrument = symbolOf(symbol);
        const source = candlesChannel(category, instrument, interval);
        const live = (): Observable<Candle> => core.current(source).pipe(flatten((candles) => candles));
        return candlesWith(
          { base, core, options: past },
          source,
          () => historyOf(base, settings, instrument, interval),
          live,
        );
      },
      ticker: (symbol) => {
        check('category', category !== 'option', 'another than option, which has no such ticker', category);
        const source = tickerChannel(symbolOf(symbol), core.report);
        return foldedChannel(core, source.topic.key, source, foldTicker(category)).pipe(
          filter((ticker) => ticker !== undefined),
        );
      },
      tally: (symbol) => books.tally(symbolOf(symbol)),
      resync: (symbol) => {
        books.resync(symbol === undefined ? undefined : symbolOf(symbol));
      },
    },
    ['book', 'depth', 'trades', 'quotes', 'candles', 'ticker'],
    'BTCUSDT',
  );
}
