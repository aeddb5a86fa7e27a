import { type Observable, Subject, filter, map } from 'rxjs';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import { type AccountStreams, accountStreams } from '../../feed/accountStreams.js';
import { Credentials } from '../../feed/credentials.js';
import { type VenueCore, makeVenueCore } from '../../feed/venueCore.js';
import type { AccountEvent } from '../../model/accountEvent.js';
import { type TastytradeAccount, foldNotice } from './account.js';
import { only, partOf, valuesOf } from './accountParts.js';
import { accountDialect } from './dialect.js';
import { requestLimits, wireLimits } from './endpoint.js';
import type { TastytradeExchange } from './exchange.js';
import { loadAccount } from './loadAccount.js';
import type { OtherNotice, TastytradeNotice } from './notices.js';
import { type TastytradeOptions, settingsOf } from './options.js';
import { quoteToken } from './quoteToken.js';
import type { RestConfig } from './rest.js';
import { loginProvider } from './tokens.js';
import {
  type Asking,
  ALERTS,
  GROUP,
  MESSAGES,
  WATCHLISTS,
  accountChannel,
  allChannel,
  askedChannel,
} from './topics.js';

export { type TastytradeAccount, positionKey } from './account.js';
export type { TastytradeEnvironment } from './endpoint.js';
export type { TastytradeEvents, TastytradeExchange } from './exchange.js';
export type { TastytradeBalances, TastytradePosition, TastytradeTradingStatus } from './holdings.js';
export { type MarketDataOptions, marketData } from './marketData.js';
export type { OtherNotice, TastytradeNotice } from './notices.js';
export type { TastytradeOptions } from './options.js';
export {
  type TastytradeComplexOrder,
  type TastytradeFill,
  type TastytradeLeg,
  type TastytradeOrder,
  isFinal,
} from './orders.js';
export type {
  TastytradeExternalTransaction,
  TastytradeOrderChain,
  TastytradePublicWatchlist,
  TastytradeQuoteAlert,
  TastytradeYearGain,
} from './statelessNotices.js';
export type { TastytradeQuoteToken } from './quoteToken.js';
export type { TastytradeLogin, TokenProvider } from './tokens.js';
export { type OrderStep, type TrackedOrder, fillsOf, orderHistory } from './trackedOrder.js';

/**
 * tastytrade. Cold: opens nothing and asks for nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function tastytrade(options: TastytradeOptions): TastytradeExchange {
  const { accounts, url, restUrl, userAgent, heartbeatEvery } = settingsOf(options);
  const { login, reloadEvery } = options;
  const refusals = { count: 0 };
  const core: VenueCore = makeVenueCore(
    {
      venue: 'tastytrade',
      wires: {
        [GROUP]: {
          // The token first: an open stream that says nothing would be one more thing to go wrong.
          endpoint: () => tokens.get().pipe(map(() => ({ url }))),
          dialect: (link) =>
            accountDialect(link, { accounts, heartbeatEvery, tokens, refusals, scheduler: core.scheduler }),
          limits: wireLimits(heartbeatEvery),
        },
      },
    },
    [requestLimits],
    options,
  );
  const { scheduler, random, report } = core;
  const now = (): number => scheduler.now();
  const send: RestConfig['send'] = (request) => core.requests.send(request);
  const tokens: Credentials<string> = new Credentials<string>({
    ...{ name: 'access token', scheduler, random, report },
    obtain: typeof login === 'function' ? login : loginProvider(login, { restUrl, userAgent, send, now }),
  });
  const rest: RestConfig = { restUrl, userAgent, send, tokens };
  const resyncs = new Subject<string | undefined>();

  const named = (account: string | undefined): string => {
    const [only = '', ...others] = accounts;
    if (account === undefined && others.length === 0) return only;
    if (account !== undefined && accounts.includes(account)) return account;
    throw new InvalidArgumentError('account', `one of ${accounts.join(', ')}`, account);
  };
  const streamsOf = (asked: string | undefined): AccountStreams<TastytradeNotice, TastytradeAccount> => {
    const account = named(asked);
    return accountStreams(core, {
      source: accountChannel(account),
      reload: (last) => loadAccount(rest, account, last),
      fold: foldNotice,
      reloadEvery,
      resync$: resyncs.pipe(filter((wanted) => wanted === undefined || wanted === account)),
    });
  };
  const eventsOf = (account: string | undefined): Observable<AccountEvent<TastytradeNotice, TastytradeAccount>> =>
    streamsOf(account).event$;
  const asked = (key: string, asking: Asking): Observable<TastytradeNotice> => core.stream(askedChannel(key, asking));

  return {
    ...core.exchange,
    account: (account) => streamsOf(account).state$,
    events: eventsOf,
    orders: (account) => partOf(eventsOf(account), 'order', 'orders'),
    complexOrders: (account) => partOf(eventsOf(account), 'complexOrder', 'complexOrders'),
    balances: (account) => partOf(eventsOf(account), 'balances', 'balances'),
    positions: (account) => partOf(eventsOf(account), 'position', 'positions'),
    tradingStatus: (account) => partOf(eventsOf(account), 'tradingStatus', 'tradingStatus'),
    orderChains: (account) => valuesOf(eventsOf(account), 'orderChain'),
    externalTransactions: (account) => valuesOf(eventsOf(account), 'externalTransaction'),
    yearGains: (account) => valuesOf(eventsOf(account), 'yearGain'),
    publicWatchlists: () => only(asked(WATCHLISTS, { action: 'public-watchlists-subscribe' }), 'publicWatchlist'),
    quoteAlerts: () => only(asked(ALERTS, { action: 'quote-alerts-subscribe' }), 'quoteAlert'),
    userMessages: (value) =>
      asked(MESSAGES + value, { action: 'user-message-subscribe', value }).pipe(
        filter((notice): notice is OtherNotice => notice.type === 'other'),
      ),
    notifications: () => core.stream(allChannel),
    quoteToken: () => quoteToken(rest, now),
    resync: (account) => {
      resyncs.next(account === undefined ? undefined : named(account));
    },
  };
}
