import { Observable, type SchedulerLike, distinctUntilChanged, map } from 'rxjs';
import type { AccountEvent, AccountState } from '../../model/accountEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { type AccountFeedConfig, type AccountUpdate, accountFeed } from './accountFeed.js';
import { passOn } from '../passOn.js';
import type { FoldContext } from '../foldContext.js';
import { type VenueCore, foldedChannel } from '../venueCore.js';

/** An account stream as its venue describes it: what {@link AccountFeedConfig} asks for, less what every fold is given. */
export interface AccountSpec<E, S> extends Omit<AccountFeedConfig<E, S>, keyof FoldContext> {
  /** A frame holds any number of events, in order. */
  readonly source: ChannelSpec<readonly E[]>;
}

/** One account stream in its two shapes. Both ride on one feed, however many observe either. */
export interface AccountStreams<E, S> {
  readonly state$: Observable<AccountState<S>>;
  readonly event$: Observable<AccountEvent<E, S>>;
}

/** An account's events and the state that they make. Not a part of the core: venues without accounts don't carry it. */
export function accountStreams<E, S>(core: VenueCore, { source, ...spec }: AccountSpec<E, S>): AccountStreams<E, S> {
  const updates$ = foldedChannel(core, `account ${source.topic.key}`, source, (context) =>
    accountFeed<E, S>({ ...spec, ...context }),
  );
  return { state$: accountStatesOf(updates$), event$: accountEventsOf(updates$, core.scheduler) };
}

/** The states of a shared account feed; late observers get the present one at once. */
export const accountStatesOf = <E, S>(updates$: Observable<AccountUpdate<E, S>>): Observable<AccountState<S>> =>
  updates$.pipe(
    map((update) => update.state),
    distinctUntilChanged(),
  );

/**
 * The events of a shared account feed, lossless and in order. A late observer begins with a snapshot of the state as it
 * stands, which holds every event before; while the state is not live it begins with what comes next.
 */
export const accountEventsOf = <E, S>(
  updates$: Observable<AccountUpdate<E, S>>,
  scheduler: SchedulerLike,
): Observable<AccountEvent<E, S>> =>
  new Observable((subscriber) => {
    let begun = false;
    return passOn(updates$, subscriber, ({ event, state }) => {
      if (!begun && state.status === 'live') {
        subscriber.next({ type: 'snapshot', value: state.value, at: scheduler.now() });
      } else if (begun && event !== undefined) subscriber.next(event);
      begun = true;
    });
  });
