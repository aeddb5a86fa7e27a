import { type Observable, Subject, filter, map } from 'rxjs';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import { checkText } from '../../errors/optionRules.js';
import { type AccountStreams, accountStreams } from '../../feed/account/accountStreams.js';
import type { Exchange } from '../../feed/exchange.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { VenueCore } from '../../feed/venueCore.js';
import type { AccountEvent } from '../../model/accountEvent.js';
import { type TastytradeAccount, foldNotice, foldNotices } from './accountState.js';
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

/** How soon an account is loaded again from which something that matters was left out, in ms. */
const AGAIN = 20_000;

type AccountSide = Omit<TastytradeExchange, keyof Exchange | 'instrument' | 'quoteToken'>;

/** What tastytrade tells of accounts and of their user. */
export function accountSide({ core, rest, accounts, reloadEvery }: AccountConfig): AccountSide {
  const { report } = core;
  const resyncs = new Subject<string | undefined>();
  /** Those from whose state something that matters was left out since it was last asked for. */
  const unsure = new Set<string>();
  /** Those of which it was left out of the last answer to that: they are not what the venue has. */
  const lacking = new Set<string>();

  const named = (account: string | undefined): string => {
    const [first = '', ...others] = accounts;
    if (account === undefined && others.length === 0) return first;
    if (account !== undefined && accounts.includes(account)) return account;
    throw new InvalidArgumentError('account', `one of ${accounts.join(', ')}`, account);
  };
  const streamsOf = (requested: string | undefined): AccountStreams<TastytradeNotice, TastytradeAccount> => {
    const account = named(requested);
    const unread = { leftOut: leftOutOf(accountKey(account), report), invalidate: () => unsure.add(account) };
    return accountStreams(core, {
      source: accountChannel(account, unread),
      reload: (last) => {
        unsure.delete(account);
        lacking.delete(account);
        const invalidate = (): void => {
          unread.invalidate();
          lacking.add(account);
        };
        return loadAccount({ ...rest, unread: { ...unread, invalidate } }, account, last);
      },
      fold: foldNotice,
      foldAll: foldNotices,
      reloadEvery: reloadEvery ?? AGAIN,
      isWhole: () => !lacking.has(account),
      reloadWhile: () => reloadEvery !== undefined || unsure.has(account),
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
