import { type Observable } from 'rxjs';
import { aDuration, aText, checkOptions } from '../../errors/optionRules.js';
import { flatten } from '../../feed/flatten.js';
import { type BookParameters, type BookStreams, Books } from '../../feed/books.js';
import { Instruments } from '../../feed/instruments.js';
import { candlesWith } from '../../feed/joinCandles.js';
import { depthUnlessStalled, unlessStalled } from '../../feed/unlessStalled.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore, eachValue } from '../../feed/venueCore.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { WirePlan } from '../../socket/plan.js';
import { candlesChannel } from './candles.js';
import { type OkxBookChannel, depthOf } from './depth.js';
import { OkxDialect } from './dialect.js';
import { connections, type OkxGroup, requestRate, STALLED, wireLimits, refusalIn } from './endpoint.js';
import type { OkxBookOptions, OkxExchange } from './exchange.js';
import { historyOf } from './history.js';
import { instrumentsOf } from './instruments.js';
import { type OkxOptions, settingsOf } from './options.js';
import { quotesIn } from './quotes.js';
import { tickerChannel } from './ticker.js';
import { instrumentOf } from './topics.js';
import { tradesChannel } from './trades.js';

export { type OkxInterval, okxIntervals } from './candles.js';
export type { OkxBookChannel } from './depth.js';
export type { OkxRegion } from './endpoint.js';
export type { OkxBookOptions, OkxExchange } from './exchange.js';
export type { OkxOptions } from './options.js';

/** What one book of OKX differs by from another. */
interface OkxBook extends BookParameters {
  readonly channel: OkxBookChannel;
}

const bookRules = { channel: aText, silentAfter: aDuration };

/**
 * OKX, or OKCoin by its address. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function okx(options: OkxOptions = {}): OkxExchange {
  const { urlOf, requestOf, booksPerWire, channelsPerWire } = settingsOf(options);
  const base = new VenueBase('okx', options, { limits: [requestRate], refusalIn });
  const wire = (group: OkxGroup, channels: number): WirePlan => ({
    endpoint: () => [{ url: urlOf(group) }],
    dialect: (link) => new OkxDialect(link),
    limits: { ...wireLimits, channels },
  });
  const wires = {
    public: wire('public', channelsPerWire),
    books: wire('books', booksPerWire),
    business: wire('business', channelsPerWire),
  };
  const core = new VenueCore(base, { wires, connections });
  const books = new Books(core);

  const bookBy = books.of(({ instrument, channel }: OkxBook) => {
    const depth = depthOf(instrument, channel, core.report);
    return { ...depth, source: depthUnlessStalled(core, depth.source, STALLED) };
  });
  const bookOf = (instrument: string, book: OkxBookOptions = {}): BookStreams => {
    checkOptions('options', book, bookRules);
    const { channel = 'books', silentAfter } = book;
    return bookBy({ instrument: instrumentOf(instrument), channel, silentAfter });
  };

  /** Values of which the latest is a state, one after the other. */
  const latestOf = <T>(spec: ChannelSpec<readonly T[]>): Observable<T> =>
    core.current(spec).pipe(flatten((values) => values));

  const instruments = new Instruments(base, () => instrumentsOf(base, requestOf));
  return instruments.offer<OkxExchange>(
    {
      ...core.exchange,
      book: (instrument, book) => bookOf(instrument, book).state$,
      depth: (instrument, book) => bookOf(instrument, book).event$,
      trades: (instrument) => eachValue(core, tradesChannel(instrument, 'trades', core.report)),
      fills: (instrument) => eachValue(core, tradesChannel(instrument, 'trades-all', core.report)),
      quotes: (instrument) => {
        const { source } = depthOf(instrument, 'bbo-tbt', core.report);
        return core.current(source, unlessStalled(core.contextOf(source.topic.key), STALLED)).pipe(flatten(quotesIn));
      },
      candles: (instrument, interval, past) => {
        const source = candlesChannel(instrument, interval);
        const history = () => historyOf(base, requestOf, instrumentOf(instrument), interval);
        return candlesWith({ base, core, options: past }, source, history, () => latestOf(source));
      },
      ticker: (instrument) => latestOf(tickerChannel(instrument)),
      tally: (instrument) => books.tally(instrumentOf(instrument)),
      resync: (instrument) => {
        books.resync(instrument === undefined ? undefined : instrumentOf(instrument));
      },
    },
    ['book', 'depth', 'trades', 'fills', 'quotes', 'candles', 'ticker'],
    'BTC-USDT',
  );
}
