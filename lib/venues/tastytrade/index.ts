import { type Observable, Subject, filter, map } from 'rxjs';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import { type AccountStreams, accountStreams } from '../../feed/accountStreams.js';
import { Credentials } from '../../feed/credentials.js';
import type { Exchange } from '../../feed/exchange.js';
import { VenueCore } from '../../feed/venueCore.js';
import type { AccountEvent, AccountState } from '../../model/accountEvent.js';
import { type TastytradeAccount, foldNotice } from './account.js';
import {
  type Asking,
  ALERTS,
  GROUP,
  MESSAGES,
  WATCHLISTS,
  accountChannel,
  allChannel,
  askedChannel,
} from './channels.js';
import { accountDialect } from './dialect.js';
import { requestLimits, wireLimits } from './endpoint.js';
import type { TastytradeBalances, TastytradePosition, TastytradeTradingStatus } from './holdings.js';
import type { OtherNotice, TastytradeNotice } from './notices.js';
import { type TastytradeOptions, settingsOf } from './options.js';
import type { TastytradeComplexOrder, TastytradeOrder } from './orders.js';
import type {
  TastytradeExternalTransaction,
  TastytradeOrderChain,
  TastytradePublicWatchlist,
  TastytradeQuoteAlert,
  TastytradeYearGain,
} from './others.js';
import { only, partOf, valuesOf } from './parts.js';
import { type TastytradeQuoteToken, quoteToken } from './quoteToken.js';
import { type RestConfig, loadAccount } from './rest.js';
import { loginProvider } from './tokens.js';

export { type TastytradeAccount, positionKey } from './account.js';
export type { TastytradeEnvironment } from './endpoint.js';
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
} from './others.js';
export type { TastytradeQuoteToken } from './quoteToken.js';
export type { TastytradeLogin, TokenProvider } from './tokens.js';
export { type OrderStep, type TrackedOrder, fillsOf, orderHistory } from './trackedOrder.js';

/** What an account stream tells of one kind of thing: each as it comes, and all of them with each snapshot. */
export type TastytradeEvents<T, K extends keyof TastytradeAccount> = AccountEvent<T, TastytradeAccount[K]>;

/**
 * tastytrade's account stream. All streams of all accounts ride on one socket; `account` is one of the option's, and may
 * be left out where there is one only.
 *
 * `reset` comes with each new session, then the state by REST as a snapshot; what happens meanwhile is told as it comes.
 */
export interface TastytradeExchange extends Exchange {
  /**
   * What the account holds, folded; late observers get the present state at once.
   *
   * @throws (on the stream) SubscriptionRefusedError where the account is not ours to see; AuthenticationRefusedError
   *   where the login is refused.
   */
  account(account?: string): Observable<AccountState<TastytradeAccount>>;
  /** Every notification of the account, with resets and snapshots in band. */
  events(account?: string): Observable<AccountEvent<TastytradeNotice, TastytradeAccount>>;
  /** Orders as the venue tells them, fills and all; a snapshot holds each once, with its fills deduplicated. */
  orders(account?: string): Observable<TastytradeEvents<TastytradeOrder, 'orders'>>;
  complexOrders(account?: string): Observable<TastytradeEvents<TastytradeComplexOrder, 'complexOrders'>>;
  balances(account?: string): Observable<TastytradeEvents<TastytradeBalances, 'balances'>>;
  positions(account?: string): Observable<TastytradeEvents<TastytradePosition, 'positions'>>;
  tradingStatus(account?: string): Observable<TastytradeEvents<TastytradeTradingStatus, 'tradingStatus'>>;
  /** These have no state to load: what came while there was no session is not told. */
  orderChains(account?: string): Observable<TastytradeOrderChain>;
  externalTransactions(account?: string): Observable<TastytradeExternalTransaction>;
  /** Gains of the year by underlying; they come late after a fill. */
  yearGains(account?: string): Observable<TastytradeYearGain>;
  publicWatchlists(): Observable<TastytradePublicWatchlist>;
  /** Every alert of the user. */
  quoteAlerts(): Observable<TastytradeQuoteAlert>;
  /** Messages to the user, of whom the login data has the external id. Their type is not documented: whatever has none. */
  userMessages(userId: string): Observable<OtherNotice>;
  /** Everything that arrives, of all accounts. Asks for nothing beside what `connect` brings. */
  notifications(): Observable<TastytradeNotice>;
  /** A token for market data, asked for anew. Emits once. */
  quoteToken(): Observable<TastytradeQuoteToken>;
  /** Has an account loaded again, or all. It is stale until it is. */
  resync(account?: string): void;
}

/**
 * tastytrade. Cold: opens nothing and asks for nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function tastytrade(options: TastytradeOptions): TastytradeExchange {
  const { accounts, url, restUrl, userAgent, heartbeatEvery } = settingsOf(options);
  const { login, reloadEvery } = options;
  const refusals = { count: 0 };
  const core: VenueCore = new VenueCore(
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
  const { scheduler, random } = core;
  const now = (): number => scheduler.now();
  const send: RestConfig['send'] = (request) => core.requests.send(request);
  const tokens: Credentials<string> = new Credentials<string>({
    ...{ venue: 'tastytrade', name: 'access token', scheduler, random },
    obtain: typeof login === 'function' ? login : loginProvider(login, { restUrl, userAgent, send, now }),
    report: (fault) => {
      core.report(fault);
    },
  });
  const rest: RestConfig = {
    ...{ restUrl, userAgent, send },
    token: () => tokens.get(),
    refuse: (token) => {
      tokens.refuse(token);
    },
  };
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
