import { type Signal, computed } from '@angular/core';
import { type Observable, map } from 'rxjs';
import { checkOptions } from '../errors/optionRules.js';
import type { AccountState } from '../model/accountEvent.js';
import { CLOCK } from './clock.js';
import { exchangeOf } from './exchangeOf.js';
import type { ExchangeSource } from './exchangeToken.js';
import { Following } from './following.js';
import { type InjectOptions, anInjector, injectorOf } from './injectorOf.js';
import { opensNothing } from './withServer.js';
import { type HeardState, type TrustRef, TrustSignals } from './trustRef.js';

/** What an account holds as signals, in the shape of Angular's `Resource`. */
export interface AccountRef<S> extends TrustRef<AccountState<S>> {
  /** The last state that was right, live or stale; `undefined` before there is one. */
  readonly value: Signal<S | undefined>;
  /** Whether there is a value, live or stale. */
  hasValue(): this is AccountRef<S> & { readonly value: Signal<S> };
  /** Subscribes anew where the stream is over. @returns Whether it was. */
  reload(): boolean;
}

/**
 * What an account holds, by whichever of an exchange's streams tells `AccountState`.
 *
 *     readonly orders = injectAccount(O2, (o2) => o2.openOrders(this.identity()));
 *
 * @param exchange The token of an exchange, or one.
 * @param stream Read from signals: another one replaces the one before and its value. `undefined` is `idle`.
 */
export function injectAccount<E, S>(
  exchange: ExchangeSource<E>,
  stream: (exchange: E) => Observable<AccountState<S>> | undefined,
  options: InjectOptions = {},
): AccountRef<S> {
  checkOptions('options', options, { injector: anInjector });
  const injector = injectorOf(injectAccount, options);
  const { time } = injector.get(CLOCK);
  const source = exchangeOf(exchange, injector);
  const isIdle = opensNothing(injector, 'others');
  const following = new Following<Observable<AccountState<S>>, HeardState<AccountState<S>>>({
    injector,
    request: () => (isIdle ? undefined : stream(source)),
    open: (state$) => state$.pipe(map((state) => ({ state }))),
    urgent: (known, { state }) => isNews(known.state, state),
    after: ({ state }) => ({ state: afterTheEnd(state, time.now()) }),
  });
  return new AccountSignals(following);
}

class AccountSignals<S> extends TrustSignals<Observable<AccountState<S>>, AccountState<S>> implements AccountRef<S> {
  readonly value: Signal<S | undefined>;

  constructor(following: Following<Observable<AccountState<S>>, HeardState<AccountState<S>>>) {
    super(following);
    this.value = computed(() => {
      const state = this.state();
      return state.status === 'syncing' ? undefined : state.value;
    });
  }

  hasValue(): this is AccountRef<S> & { readonly value: Signal<S> } {
    return this.state().status !== 'syncing';
  }

  reload(): boolean {
    if (!this.isOver) return false;
    this.following.again();
    return true;
  }
}

/** Whether it can be trusted since, or can't be for another reason. */
const isNews = <S>(known: AccountState<S>, next: AccountState<S>): boolean =>
  known.status !== next.status || (known.status === 'stale' && next.status === 'stale' && known.reason !== next.reason);

/** What was live is followed by nobody any more. */
const afterTheEnd = <S>(state: AccountState<S>, since: number): AccountState<S> =>
  state.status === 'live' ? { status: 'stale', value: state.value, reason: 'closed', since } : state;
