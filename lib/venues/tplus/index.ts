import { type Observable, filter } from 'rxjs';
import { aDuration, checkOptions } from '../../errors/optionRules.js';
import { anAudit } from '../../feed/auditRule.js';
import { type BookParameters, type BookStreams, Books } from '../../feed/books.js';
import { closedOf } from '../../feed/closedOf.js';
import { Credentials } from '../../feed/credentials.js';
import { Discretion } from '../../feed/discretion.js';
import type { Requests } from '../../feed/requests.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore } from '../../feed/venueCore.js';
import type { DepthSnapshot } from '../../model/depthEvent.js';
import type { WirePlan } from '../../socket/plan.js';
import { accountSide } from './account.js';
import { assetOf } from './asset.js';
import { candlesChannel } from './candles.js';
import { depthChannel } from './depth.js';
import { connections, requestRate, signInRate } from './endpoint.js';
import type { TplusAccountExchange, TplusBookOptions, TplusExchange } from './exchange.js';
import { existingAsset } from './existingAsset.js';
import { barsWithHistory } from './history.js';
import { type TplusOptions, settingsOf } from './options.js';
import { makeRequest } from './rest.js';
import { depthSnapshot } from './snapshot.js';
import { tickerChannel } from './ticker.js';
import { type TplusAccount, signIn } from './tokens.js';
import { type TplusTrade, allTradesChannel, finalizedTradesChannel } from './trades.js';
import { wirePlan } from './wire.js';

export type { TplusAccountExchange, TplusBookOptions, TplusExchange } from './exchange.js';
export type { TplusMaking, TplusOpenOrders } from './openOrders.js';
export type { TplusLastChanges } from './orderChanges.js';
export type { TplusOptions } from './options.js';
export type { TplusBookDecimals, TplusOrder, TplusOrderEvent } from './orderEvent.js';
export type { TplusAccount } from './tokens.js';
export type { TplusTicker } from './ticker.js';
export type { TplusTrade, TplusTradeStatus } from './trades.js';
export type { TplusFills, TplusUserTrade } from './userTrades.js';
export { tplusStreams } from './streams.js';

const bookRules = { silentAfter: aDuration, audit: anAudit };

/**
 * T+. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function tplus(options: TplusOptions & { readonly account: TplusAccount }): TplusAccountExchange;
export function tplus(options?: TplusOptions): TplusExchange;
export function tplus(
  options: TplusOptions & { readonly account?: TplusAccount } = {},
): TplusExchange | TplusAccountExchange {
  const { hosts, rule, account } = settingsOf(options);
  const base = new VenueBase('tplus', options, { limits: [requestRate, signInRate], discretion: new Discretion() });
  const { scheduler, random, report } = base;
  const requests: Requests = { send: (request) => base.requests.send(request, [1, 0]) };
  const signing: Requests = { send: (request) => base.requests.send(request, [1, 1]) };
  const credentials: Credentials<string> | undefined =
    account === undefined
      ? undefined
      : new Credentials({
          name: 'token',
          scheduler,
          random,
          report,
          obtain: () => signIn(hosts.order, signing, account),
        });
  const wireOf = (group: string): WirePlan | undefined => wirePlan(group, { hosts, account, credentials });
  const core = new VenueCore(base, { wires: {}, wireOf, connections });
  const books = new Books(core);

  const snapshotOf = (asset: string): Observable<DepthSnapshot> => depthSnapshot(hosts, requests, scheduler, asset);
  const ofAsset = existingAsset(snapshotOf, closedOf(core.exchange));
  const bookBy = books.of(({ instrument }: BookParameters) => ({
    source: depthChannel(instrument),
    rule,
    snapshot: () => snapshotOf(instrument),
  }));
  const bookOf = (asset: string, book: TplusBookOptions = {}): BookStreams => {
    const instrument = assetOf(asset);
    checkOptions('options', book, bookRules);
    const { silentAfter, audit } = book;
    return bookBy({ instrument, silentAfter, audit });
  };
  const finalizedTrades = (): Observable<TplusTrade> => core.stream(finalizedTradesChannel(core.report));

  const exchange: TplusExchange = {
    ...core.exchange,
    book: (asset, book) => bookOf(asset, book).state$,
    depth: (asset, book) => bookOf(asset, book).event$,
    finalizedTrades,
    trades: (asset) =>
      ofAsset(asset, (name) => finalizedTrades().pipe(filter(({ instrument }) => instrument === name))),
    allTrades: () => core.stream(allTradesChannel(core.report)),
    candles: (asset, past) =>
      ofAsset(asset, (name) => {
        const bars = { options: past, spec: candlesChannel(name), url: hosts.market, requests, asset: name };
        return barsWithHistory(base, core, bars);
      }),
    ticker: (asset) => ofAsset(asset, (name) => core.current(tickerChannel(name, report))),
    tally: (asset) => books.tally(assetOf(asset)),
    resync: (asset) => {
      books.resync(asset === undefined ? undefined : assetOf(asset));
    },
  };
  if (account === undefined || credentials === undefined) return exchange;
  const { userId } = account;
  return { ...exchange, ...accountSide(core, userId, makeRequest(hosts.order, requests, credentials, userId)) };
}
