import { Observable, type OperatorFunction, type SchedulerLike, type Subscription, switchMap, take, timer } from 'rxjs';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { AccountEvent, AccountReset, AccountState } from '../model/accountEvent.js';
import type { Fault } from '../model/fault.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import type { FeedName } from './feedFault.js';
import { type PausePolicy, defaultPause, pauseBefore } from './pause.js';

export interface AccountFeedConfig<E, S> extends FeedName {
  /** Asks the venue for the whole state; its first value counts. Asked once a session, again after a pause if it fails. */
  readonly reload: () => Observable<S>;
  /** Pure. Must leave the state as it is for an event that the state already holds: a reload overlaps the stream. */
  readonly fold: (state: S, event: E) => S;
  /** Reloads a live state every so often, in ms. Default: never. */
  readonly reloadEvery?: number | undefined;
  /** Events kept for a reload that is under way; beyond it the reload starts over. Default: 10,000. */
  readonly holdLimit?: number | undefined;
  readonly pause?: Partial<PausePolicy> | undefined;
  readonly scheduler: SchedulerLike;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: (fault: Fault) => void;
}

/** One thing that happened to an account. */
export interface AccountUpdate<E, S> {
  /** Absent where only the claim changed. */
  readonly event: AccountEvent<E, S> | undefined;
  readonly state: AccountState<S>;
}

/**
 * Folds an account's events into its state. Every event is passed on at once and in order, whatever the reload does;
 * the state is `live` once a reload of the present session has come in.
 *
 *     channel   b-1-2-----3---l----b-4-----     b begun, l lost
 *     reload     ----s              ----t
 *     events    r-1-2-S---3--------r-4--T--     r reset; S: s with 1 and 2 folded in
 *     state     y-----S---3---!---------T--     y syncing, ! stale
 *
 * @returns An operator. Share what comes out of it. Errors with what the channel errors with and with a
 *   `SubscriptionRefusedError` of `reload`; any other error of `reload` is reported and tried again.
 */
export function accountFeed<E, S>(
  config: AccountFeedConfig<E, S>,
): OperatorFunction<ChannelEvent<E>, AccountUpdate<E, S>> {
  const { reload, fold, reloadEvery, holdLimit = 10_000, scheduler, random, report, venue, channel } = config;
  const pause = { ...defaultPause, ...config.pause };
  return (source) =>
    new Observable((observer) => {
      let state: AccountState<S> = { status: 'syncing' };
      let held: E[] = [];
      let sessions = 0;
      let request: Subscription | undefined;
      let loading = false;

      const emit = (event: AccountEvent<E, S> | undefined, next: AccountState<S> = state): void => {
        state = next;
        observer.next({ event, state });
      };
      const stop = (): void => {
        request?.unsubscribe();
        request = undefined;
        loading = false;
      };

      const ask = (attempt: number, wait: number): void => {
        stop();
        request = timer(wait, scheduler)
          .pipe(
            switchMap(() => {
              loading = true;
              return reload();
            }),
            take(1),
          )
          .subscribe({
            next: (loaded) => {
              const value = held.reduce(fold, loaded);
              held = [];
              loading = false;
              emit({ type: 'snapshot', value, at: scheduler.now() }, { status: 'live', value });
            },
            complete: () => {
              stop();
              if (state.status !== 'live') failed(attempt, undefined);
              else if (reloadEvery !== undefined) ask(1, reloadEvery);
            },
            error: (error: unknown) => {
              stop();
              if (error instanceof SubscriptionRefusedError) observer.error(error);
              else failed(attempt, error);
            },
          });
      };
      const failed = (attempt: number, error: unknown): void => {
        const text = error instanceof Error ? error.message : 'it came to nothing';
        const message = `${channel}: the state could not be loaded: ${text}`;
        report({ type: 'snapshot', venue, channel, at: scheduler.now(), attempt, message });
        const atLeast = error instanceof RequestFailedError ? (error.retryAfter ?? 0) : 0;
        ask(attempt + 1, Math.max(pauseBefore(attempt + 1, pause, random), atLeast));
      };
      const hold = (event: E): void => {
        held.push(event);
        if (held.length <= holdLimit) return;
        const message = `${channel}: too many events while the state is loaded; loading it again`;
        report({ type: 'dropped', venue, channel, at: scheduler.now(), count: held.length, message });
        held = [];
        ask(1, 0);
      };

      const begin = (reason: AccountReset['reason'], at: number): void => {
        stop();
        held = [];
        emit({ type: 'reset', reason, at });
      };

      observer.add(stop);
      emit(undefined);
      observer.add(
        source.subscribe({
          next: (event) => {
            switch (event.type) {
              case 'begun':
                sessions += 1;
                begin(sessions === 1 ? 'connected' : 'reconnected', event.at);
                return;
              case 'confirmed':
                if (request === undefined && state.status !== 'live') ask(1, 0);
                return;
              case 'lost': {
                stop();
                const value = state.status === 'syncing' ? undefined : { value: state.value };
                if (value !== undefined)
                  emit(undefined, { status: 'stale', ...value, reason: event.reason, since: event.at });
                return;
              }
              case 'message': {
                const { value } = event;
                if (request === undefined && state.status !== 'live') ask(1, 0);
                // The answer of a reload may not hold this event yet.
                if (loading || state.status !== 'live') hold(value);
                const next: AccountState<S> =
                  state.status === 'live' ? { status: 'live', value: fold(state.value, value) } : state;
                emit({ type: 'event', value, at: scheduler.now() }, next);
              }
            }
          },
          error: (error: unknown) => {
            observer.error(error);
          },
          complete: () => {
            observer.complete();
          },
        }),
      );
    });
}
