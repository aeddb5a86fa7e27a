import { takeUntil } from 'rxjs';
import { noRule } from '../../book/continuity/none.js';
import { replaceRule } from '../../book/continuity/replace.js';
import { checkOneOf } from '../../errors/checks.js';
import { aDuration, aNumber, aText, checkOptions } from '../../errors/optionRules.js';
import { closedOf } from '../../feed/closedOf.js';
import { type BookParameters, type BookStreams, Books } from '../../feed/books.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore, eachValue } from '../../feed/venueCore.js';
import type { WirePlan } from '../../socket/plan.js';
import { accountSide } from './account.js';
import {
  type O2Frequency,
  type O2Precision,
  depthChannel,
  depthViewChannel,
  frequencies,
  precisions,
} from './depth.js';
import { O2Dialect } from './dialect.js';
import { requestRate, wireLimits, refusalIn } from './endpoint.js';
import type { O2BookOptions, O2Exchange } from './exchange.js';
import { listingOf } from './instruments.js';
import { Markets, type O2Market } from './markets.js';
import { checkedName, makeMarketStreams } from './marketStreams.js';
import { type O2Options, settingsOf } from './options.js';
import { Rest } from './rest.js';
import { GROUP } from './topics.js';
import { tradesChannel } from './trades.js';

export type { O2Balance } from './balances.js';
export type { O2Frequency, O2Precision } from './depth.js';
export type { O2Chain } from './endpoint.js';
export type { O2BookOptions, O2DepthViewOptions, O2Exchange } from './exchange.js';
export type { O2Identity } from './ids.js';
export type { O2Asset, O2Market } from './markets.js';
export type { O2Nonce } from './nonce.js';
export type { O2Options } from './options.js';
export type { O2Order, O2OrderType } from './orders.js';
export { o2Streams } from './streams.js';

/** What one book of O2 differs by from another. */
interface O2Book extends BookParameters {
  readonly market: O2Market;
  readonly precision: O2Precision;
}
/** What one depth view differs by from another. */
interface O2View extends O2Book {
  readonly frequency: O2Frequency;
}

const bookRules = { precision: aNumber, silentAfter: aDuration, refreshEvery: aDuration };
const viewRules = { precision: aNumber, frequency: aText };

/**
 * O2. Cold: opens and asks nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function o2(options: O2Options = {}): O2Exchange {
  const { socketUrl, restUrl, fold, channelsPerWire, reloadEvery } = settingsOf(options);
  const base = new VenueBase('o2', options, { limits: [requestRate], refusalIn });
  const { random, report, requests, scheduler } = base;
  const wire: WirePlan = {
    endpoint: () => [{ url: socketUrl }],
    dialect: (link) => new O2Dialect(link, scheduler),
    limits: wireLimits(channelsPerWire),
  };
  const core = new VenueCore(base, { wires: { [GROUP]: wire } });
  const books = new Books(core);
  const { exchange } = core;
  const rest = new Rest(restUrl, requests);
  const closed$ = closedOf(exchange);
  const markets = new Markets({ rest, scheduler, closed$, random, report });
  const byName = makeMarketStreams(markets, closed$);

  const bookBy = books.of(({ market, precision }: O2Book) => ({
    source: depthChannel(market, precision, report),
    fold,
    rule: noRule,
  }));
  const viewBy = books.of(({ market, precision, frequency }: O2View) => ({
    source: depthViewChannel(market, precision, frequency, report),
    rule: replaceRule,
  }));
  const depthOf = (wanted: O2BookOptions = {}) => {
    checkOptions('options', wanted, bookRules);
    const { precision = 10, silentAfter, refreshEvery } = wanted;
    checkOneOf('precision', precisions, precision);
    return (market: O2Market): BookStreams =>
      bookBy({ instrument: market.id, market, precision, silentAfter, refreshEvery });
  };

  /** As far as the market is known yet. */
  const idOf = (name: string): string => markets.named(checkedName(name))?.id ?? name;

  return {
    ...exchange,
    markets: () => markets.all().pipe(takeUntil(closed$)),
    market: (name) => markets.find(checkedName(name)).pipe(takeUntil(closed$)),
    ...listingOf(markets, closed$),
    book: (name, book) => byName.book(name, depthOf(book)),
    depth: (name, book) => {
      const of = depthOf(book);
      return byName.stream(name, (market) => of(market).event$);
    },
    depthView: (name, wanted = {}) => {
      checkOptions('options', wanted, viewRules);
      const { precision = 10, frequency = '500ms' } = wanted;
      checkOneOf('precision', precisions, precision);
      checkOneOf('frequency', frequencies, frequency);
      return byName.book(name, (market) => viewBy({ instrument: market.id, market, precision, frequency }));
    },
    trades: (name) => byName.stream(name, (market) => eachValue(core, tradesChannel(market, report))),
    ...accountSide({ core, rest, markets, reloadEvery }),
    tally: (name) => books.tally(idOf(name)),
    resync: (name) => {
      books.resync(name === undefined ? undefined : idOf(name));
    },
  };
}
