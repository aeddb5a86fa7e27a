import { mergeMap, type Observable } from 'rxjs';
import { aDuration, aText, checkOptions } from '../../errors/optionRules.js';
import { type BookStreams, eachValue, makeVenueCore } from '../../feed/venueCore.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { WirePlan } from '../../socket/plan.js';
import { candlesChannel } from './candles.js';
import { depthOf } from './depth.js';
import { okxDialect } from './dialect.js';
import { connections, type OkxGroup, wireLimits } from './endpoint.js';
import type { OkxBookOptions, OkxExchange } from './exchange.js';
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

const bookRules = { channel: aText, silentAfter: aDuration };

/**
 * OKX, or OKCoin by its address. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function okx(options: OkxOptions = {}): OkxExchange {
  const { urlOf, booksPerWire, channelsPerWire } = settingsOf(options);
  const wire = (group: OkxGroup, channels: number): WirePlan => ({
    endpoint: () => [{ url: urlOf(group) }],
    dialect: okxDialect,
    limits: { ...wireLimits, channels },
  });
  const wires = {
    public: wire('public', channelsPerWire),
    books: wire('books', booksPerWire),
    business: wire('business', channelsPerWire),
  };
  const core = makeVenueCore({ venue: 'okx', wires, connections }, [], options);

  const bookOf = (instrument: string, book: OkxBookOptions = {}): BookStreams => {
    checkOptions('options', book, bookRules);
    const { channel = 'books', silentAfter } = book;
    const depth = depthOf(instrument, channel);
    return core.book({ key: [depth.source.topic.key, silentAfter].join(), ...depth, silentAfter });
  };

  /** Values of which the latest is a state, one after the other. */
  const latestOf = <T>(spec: ChannelSpec<readonly T[]>): Observable<T> =>
    core.current(spec).pipe(mergeMap((values) => values));

  return {
    ...core.exchange,
    book: (instrument, book) => bookOf(instrument, book).state$,
    depth: (instrument, book) => bookOf(instrument, book).event$,
    trades: (instrument) => eachValue(core, tradesChannel(instrument, 'trades', core.report)),
    fills: (instrument) => eachValue(core, tradesChannel(instrument, 'trades-all', core.report)),
    quotes: (instrument) => core.current(depthOf(instrument, 'bbo-tbt').source).pipe(mergeMap(quotesIn)),
    candles: (instrument, interval) => latestOf(candlesChannel(instrument, interval)),
    ticker: (instrument) => latestOf(tickerChannel(instrument)),
    tally: (instrument) => core.tally(instrumentOf(instrument)),
    resync: (instrument) => {
      core.resync(instrument === undefined ? undefined : instrumentOf(instrument));
    },
  };
}
