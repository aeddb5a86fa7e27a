import { type Observable, type OperatorFunction, concat, map, of, switchMap } from 'rxjs';
import type { AccountUpdate } from '../../feed/account/accountFeed.js';
import type { AccountEvent, AccountState } from '../../model/accountEvent.js';

/** How what an account's feed holds, in the venue's units, is given in human ones. */
export interface Scaling<R, L, E, S> {
  readonly event: (raw: R) => E;
  /** Gives the same value again while nothing in it comes out in another way. */
  readonly state: (raw: L) => S;
}

/**
 * Scales an account's updates by what is known of the venue's markets. The state is emitted once more when they change: what
 * could not be scaled before may be by then.
 */
export function scaledBy<R, L, E, S>(
  { event, state }: Scaling<R, L, E, S>,
  changed$: Observable<unknown>,
): OperatorFunction<AccountUpdate<R, L>, AccountUpdate<E, S>> {
  return (updates$) => {
    let before: { readonly raw: AccountState<L>; readonly scaled: AccountState<S> } | undefined;
    const stateOf = (raw: AccountState<L>): AccountState<S> => {
      if (raw.status === 'syncing') return raw;
      const value = state(raw.value);
      const last = before;
      if (last?.raw === raw && last.scaled.status !== 'syncing' && last.scaled.value === value) return last.scaled;
      const scaled = { ...raw, value };
      before = { raw, scaled };
      return scaled;
    };
    return updates$.pipe(
      switchMap((update) => {
        const again$ = changed$.pipe(map(() => ({ event: undefined, state: update.state })));
        return concat(of(update), again$);
      }),
      map((update) => ({
        event: update.event === undefined ? undefined : eventOf(update.event, event, state),
        state: stateOf(update.state),
      })),
    );
  };
}

function eventOf<R, L, E, S>(raw: AccountEvent<R, L>, event: (raw: R) => E, state: (raw: L) => S): AccountEvent<E, S> {
  switch (raw.type) {
    case 'event':
      return { ...raw, value: event(raw.value) };
    case 'snapshot':
      return { ...raw, value: state(raw.value) };
    default:
      return raw;
  }
}

/**
 * Scales each value of lists once, and again while it could not be made whole. A list in which nothing comes out in another
 * way than before is given again.
 *
 * @param scale What a value comes to by what is known now.
 * @param isWhole Whether nothing was missing.
 */
export function listScaling<R extends object, E>(
  scale: (raw: R) => E,
  isWhole: (scaled: E) => boolean,
): { readonly one: (raw: R) => E; readonly all: (list: readonly R[]) => readonly E[] } {
  const scaled = new WeakMap<R, E>();
  const one = (raw: R): E => {
    const before = scaled.get(raw);
    if (before !== undefined && isWhole(before)) return before;
    const now = scale(raw);
    if (before !== undefined && !isWhole(now)) return before;
    scaled.set(raw, now);
    return now;
  };
  let last: readonly E[] = [];
  return {
    one,
    all: (list) => {
      const next = list.map(one);
      if (next.length !== last.length || next.some((value, i) => value !== last[i])) last = next;
      return last;
    },
  };
}
