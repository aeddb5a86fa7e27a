import { type Observable, takeUntil } from 'rxjs';
import { check } from '../../../errors/checks.js';
import { aNumber, checkOptions } from '../../../errors/optionRules.js';
import {
  type AccountStreams,
  accountEventsOf,
  accountStatesOf,
  accountStreams,
} from '../../../feed/account/accountStreams.js';
import type { AuthorizedRequest } from '../../../feed/authorizedRequest.js';
import { closedOf } from '../../../feed/closedOf.js';
import { type VenueCore, foldedChannel } from '../../../feed/venueCore.js';
import { type TradestationBalanceChange, balances } from './balances.js';
import type { TradestationExchange } from '../exchange.js';
import { fillsIn } from './fills.js';
import {
  type TradestationOrderEvent,
  type TradestationOrders,
  foldOrder,
  foldOrders,
  hasOpenOrders,
  loadOrders,
  ordersChannel,
  ordersReader,
} from './orders.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { OwnStreams } from '../session/ownStreams.js';
import { foldPositions, positionsChannel, positionsReader } from './positions.js';
import { accountsOf, brokerageRequest } from '../topics.js';

export interface AccountConfig {
  readonly core: VenueCore;
  readonly streams: OwnStreams;
  readonly request: AuthorizedRequest;
  /** In ms; `undefined`: only after each new session. */
  readonly reloadEvery: number | undefined;
}

export type AccountSide = Pick<
  TradestationExchange,
  'orders' | 'orderStates' | 'fills' | 'positionEvents' | 'positions' | 'balances'
>;

/** What TradeStation tells of accounts. */
export function accountSide({ core, streams, request, reloadEvery }: AccountConfig): AccountSide {
  const { scheduler, report } = core;
  const ordersOf = (accounts: readonly string[]): AccountStreams<TradestationOrderEvent, TradestationOrders> => {
    const names = accountsOf(accounts);
    const stream = brokerageRequest('orders', names, {});
    const unread = leftOutOf(stream.key, report);
    const { key } = streams.open(stream, ordersReader(stream.key, unread));
    return accountStreams(core, {
      source: ordersChannel(stream, unread),
      reload: (last) => loadOrders(key, names, request, unread, last),
      fold: foldOrder,
      foldAll: foldOrders,
      reloadEvery,
      reloadWhile: hasOpenOrders,
    });
  };
  const positionsOf = (accounts: readonly string[]) => {
    const stream = brokerageRequest('positions', accountsOf(accounts), { changes: 'true' });
    const { key } = streams.open(stream, positionsReader(stream.key));
    return foldedChannel(core, key, positionsChannel(stream, leftOutOf(key, report)), foldPositions);
  };
  return {
    orders: (accounts) => ordersOf(accounts).event$,
    orderStates: (accounts) => ordersOf(accounts).state$,
    fills: (accounts) => fillsIn(ordersOf(accounts).event$),
    positionEvents: (accounts) => accountEventsOf(positionsOf(accounts), scheduler),
    positions: (accounts) => accountStatesOf(positionsOf(accounts)),
    balances: (accounts, options = {}) => {
      checkOptions('options', options, { every: aNumber });
      const { every = 30_000 } = options;
      const names = accountsOf(accounts);
      check('every', every > 0, 'a number of ms above 0', every);
      const polled = (): Observable<TradestationBalanceChange> =>
        balances({ accounts: names, every, request, scheduler, report }).pipe(takeUntil(closedOf(core.exchange)));
      return core.shared.events(`balances ${names.join(',')} ${every}`, polled);
    },
  };
}
