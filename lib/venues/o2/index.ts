import { takeUntil } from 'rxjs';
import { noRule } from '../../book/continuity/none.js';
import { replaceRule } from '../../book/continuity/replace.js';
import { checkOneOf } from '../../errors/checks.js';
import { aDuration, aNumber, aText, checkOptions } from '../../errors/optionRules.js';
import { closedOf } from '../../feed/closedOf.js';
import { type BookStreams, eachValue, type VenueCore, makeVenueCore } from '../../feed/venueCore.js';
import { every } from '../../socket/every.js';
import type { WirePlan } from '../../socket/plan.js';
import { accountSide } from './account.js';
import { depthChannel, depthViewChannel, frequencies, precisions } from './depth.js';
import { o2Dialect } from './dialect.js';
import { requestRate, wireLimits } from './endpoint.js';
import type { O2BookOptions, O2Exchange } from './exchange.js';
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

const bookRules = { precision: aNumber, silentAfter: aDuration, refreshEvery: aDuration };
const viewRules = { precision: aNumber, frequency: aText };

/**
 * O2. Cold: opens and asks nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function o2(options: O2Options = {}): O2Exchange {
  const { socketUrl, restUrl, fold, channelsPerWire, reloadEvery } = settingsOf(options);
  const wire: WirePlan = {
    endpoint: () => [{ url: socketUrl }],
    dialect: (link) => o2Dialect(link, core.scheduler),
    limits: wireLimits(channelsPerWire),
  };
  const core: VenueCore = makeVenueCore({ venue: 'o2', wires: { [GROUP]: wire } }, [requestRate], options);
  const { exchange, random, report, requests, scheduler } = core;
  const rest = new Rest(restUrl, requests);
  const closed$ = closedOf(exchange);
  const markets = new Markets({ rest, scheduler, closed$, random, report });
  const byName = makeMarketStreams(markets, closed$);

  const depthOf = (wanted: O2BookOptions = {}) => {
    checkOptions('options', wanted, bookRules);
    const { precision = 10, silentAfter, refreshEvery } = wanted;
    checkOneOf('precision', precisions, precision);
    return (market: O2Market): BookStreams => {
      const source = depthChannel(market, precision, report);
      return core.book({
        key: [source.topic.key, silentAfter, refreshEvery].join(),
        source,
        instrument: market.id,
        fold,
        silentAfter,
        rule: noRule,
        planned$: refreshEvery === undefined ? undefined : every(refreshEvery, scheduler),
      });
    };
  };

  /** As far as the market is known yet. */
  const idOf = (name: string): string => markets.named(checkedName(name))?.id ?? name;

  return {
    ...exchange,
    markets: () => markets.all().pipe(takeUntil(closed$)),
    market: (name) => markets.find(checkedName(name)).pipe(takeUntil(closed$)),
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
      return byName.book(name, (market) => {
        const source = depthViewChannel(market, precision, frequency, report);
        const key = source.topic.key;
        return core.book({ key, source, instrument: market.id, rule: replaceRule });
      });
    },
    trades: (name) => byName.stream(name, (market) => eachValue(core, tradesChannel(market, report))),
    ...accountSide({ core, rest, markets, reloadEvery }),
    tally: (name) => core.tally(idOf(name)),
    resync: (name) => {
      core.resync(name === undefined ? undefined : idOf(name));
    },
  };
}
