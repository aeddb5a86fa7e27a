import { type Observable, Subject, filter, map } from 'rxjs';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import { checkText } from '../../errors/optionRules.js';
import { type AccountStreams, accountStreams } from '../../feed/account/accountStreams.js';
import type { Exchange } from '../../feed/exchange.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { VenueCore } from '../../feed/venueCore.js';
import type { AccountEvent } from '../../model/accountEvent.js';
import { steady } from '../../time/steadyScheduler.js';
import { type TastytradeAccount, foldNotice, foldNotices } from './accountState.js';
import { Certainty } from './certainty.js';
import type { TastytradeExchange } from './exchange.js';
import { loadAccount } from './loadAccount.js';
import type { TastytradeOtherNotice, TastytradeNotice } from './notices.js';
import type { RestConfig } from './rest.js';
import {
  type ActionRequest,
  ALERTS,
  MESSAGES,
  WATCHLISTS,
  accountChannel,
  accountKey,
  allChannel,
  actionChannel,
} from './topics.js';

export interface AccountConfig {
  readonly core: VenueCore;
  readonly rest: RestConfig;
  /** Those that may be asked for. */
  readonly accounts: readonly string[];
  /** In ms; `undefined`: only after each new session. */
  readonly reloadEvery: number | undefined;
}

/** How soon an account is loaded again whose state is not sure, in ms. */
const AGAIN = 20_000;

type AccountSide = Omit<TastytradeExchange, keyof Exchange | 'instrument' | 'quoteToken'>;

/** What tastytrade tells of accounts and of their user. */
export function accountSide({ core, rest, accounts, reloadEvery }: AccountConfig): AccountSide {
  const { report } = core;
  const time = steady(core.scheduler);
  const resyncs = new Subject<string | undefined>();
  const certainties = new Map(accounts.map((account) => [account, new Certainty(time)]));

  const named = (account: string | undefined): string => {
    const [first = '', ...others] = accounts;
    if (account === undefined && others.length === 0) return first;
    if (account !== undefined && accounts.includes(account)) return account;
    throw new InvalidArgumentError('account', `one of ${accounts.join(', ')}`, account);
  };
  const streamsOf = (requested: string | undefined): AccountStreams<TastytradeNotice, TastytradeAccount> => {
    const account = named(requested);
    const certainty = certainties.get(account) ?? new Certainty(time);
    const leftOut = leftOutOf(accountKey(account), report);
    const inNotice = { leftOut, invalidate: () => certainty.doubt() };
    const inLoad = { leftOut, invalidate: () => certainty.lack() };
    return accountStreams(core, {
      source: accountChannel(account, inNotice),
      reload: (last) => certainty.loading(loadAccount({ ...rest, unread: inLoad }, account, last)),
      fold: foldNotice,
      foldAll: (state, notices) => {
        certainty.hear(state, notices);
        return foldNotices(state, notices);
      },
      reloadEvery: reloadEvery ?? AGAIN,
      isWhole: () => certainty.isWhole,
      reloadWhile: () => reloadEvery !== undefined || certainty.isUnsure,
      resync$: resyncs.pipe(filter((wanted) => wanted === undefined || wanted === account)),
    });
  };
  const eventsOf = (account: string | undefined): Events => streamsOf(account).event$;
  const heard = (key: string, request: ActionRequest): Observable<TastytradeNotice> =>
    core.stream(actionChannel(key, request, report));

  return {
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
    publicWatchlists: () => only(heard(WATCHLISTS, { action: 'public-watchlists-subscribe' }), 'publicWatchlist'),
    quoteAlerts: () => only(heard(ALERTS, { action: 'quote-alerts-subscribe' }), 'quoteAlert'),
    userMessages: (userId) =>
      heard(MESSAGES + checkedUser(userId), { action: 'user-message-subscribe', value: userId }).pipe(
        filter((notice): notice is TastytradeOtherNotice => notice.type === 'other'),
      ),
    notifications: () => core.stream(allChannel(report)),
    resync: (account) => {
      resyncs.next(account === undefined ? undefined : named(account));
    },
  };
}

/** @throws InvalidArgumentError for what can be no id. */
function checkedUser(userId: string): string {
  checkText('userId', /\S/, 'the external id of a user', userId);
  return userId;
}

type NoticeType = TastytradeNotice['type'];
type NoticeOf<T extends NoticeType> = Extract<TastytradeNotice, { readonly type: T }>;
type Events = Observable<AccountEvent<TastytradeNotice, TastytradeAccount>>;

const isOf =
  <T extends NoticeType>(type: T) =>
  (notice: TastytradeNotice): notice is NoticeOf<T> =>
    notice.type === type;

/** Of the notifications those of one type. */
const only = <T extends NoticeType>(notice$: Observable<TastytradeNotice>, type: T): Observable<NoticeOf<T>['value']> =>
  notice$.pipe(
    filter(isOf(type)),
    map(({ value }) => value as NoticeOf<T>['value']),
  );

/** Of an account's events the notifications of one type alone. */
const valuesOf = <T extends NoticeType>(event$: Events, type: T): Observable<NoticeOf<T>['value']> =>
  only(
    event$.pipe(
      filter((event) => event.type === 'event'),
      map(({ value }) => value),
    ),
    type,
  );

/** Of an account's events those of one type, and of its snapshots the part that they make. */
const partOf = <T extends NoticeType, K extends keyof TastytradeAccount>(
  event$: Events,
  type: T,
  part: K,
): Observable<AccountEvent<NoticeOf<T>['value'], TastytradeAccount[K]>> => {
  const isWanted = isOf(type);
  return event$.pipe(
    map((event): AccountEvent<NoticeOf<T>['value'], TastytradeAccount[K]> | undefined => {
      if (event.type === 'reset') return event;
      if (event.type === 'snapshot') return { ...event, value: event.value[part] };
      if (!isWanted(event.value)) return undefined;
      return { ...event, value: event.value.value as NoticeOf<T>['value'] };
    }),
    filter((event) => event !== undefined),
  );
};
