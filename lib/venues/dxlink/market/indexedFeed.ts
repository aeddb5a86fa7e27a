import { Observable, type OperatorFunction, type SchedulerLike, type Subscription, timer } from 'rxjs';
import { endsTo } from '../../../feed/endsTo.js';
import { pauseBefore, defaultPause } from '../../../feed/pause.js';
import type { LossReason } from '../../../model/connection.js';
import type { FaultNotice } from '../../../model/fault.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';
import { steady } from '../../../time/steadyScheduler.js';
import type { IndexedChange } from './transactions.js';

/** A list that is kept by index, and whether it can be trusted. */
export type DxLinkIndexedState<V> =
  /** Its snapshot is not there yet. */
  | { readonly status: 'syncing' }
  | { readonly status: 'live'; readonly value: V }
  /** Something is missing, or the session is over. A new snapshot is on its way; until it is whole this is the old one. */
  | {
      readonly status: 'stale';
      readonly value: V;
      readonly reason: LossReason | 'gap';
      /** When it was noticed, in ms. */
      readonly since: number;
    };

export interface IndexedFeedConfig<E, V> {
  /** The channel's key; stands in the faults. */
  readonly channel: string;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
  readonly report: (fault: FaultNotice) => void;
  /** Has the venue send the list from its beginning. */
  readonly resubscribe: () => void;
  /** How long its snapshot may take then, in ms. */
  readonly answerWithin: number;
  /** Has the list sent anew every so often, in ms: what the venue dropped shows in no other way. Default: never. */
  readonly refreshEvery?: number | undefined;
  /** Pure. `undefined` before a snapshot. */
  readonly fold: (value: V | undefined, change: IndexedChange<E>) => V;
}

/**
 * Folds whole changes into a list, and has it sent anew when something is missing.
 *
 *     changes      b-S-u--m---l-b-S--    b begun, S snapshot, u update, m missed, l lost
 *     indexedFeed  y-L-L--!------L---    y syncing, L live, ! stale
 */
export function indexedFeed<E, V>(
  config: IndexedFeedConfig<E, V>,
): OperatorFunction<ChannelEvent<IndexedChange<E>>, DxLinkIndexedState<V>> {
  const { channel, random, report, resubscribe, answerWithin, refreshEvery, fold } = config;
  const scheduler = steady(config.scheduler);
  return (source) =>
    new Observable((observer) => {
      let state: DxLinkIndexedState<V> = { status: 'syncing' };
      let attempt = 0;
      let liveSince = Infinity;
      let asking: Subscription | undefined;
      let refreshing: Subscription | undefined;

      const emit = (next: DxLinkIndexedState<V>): void => {
        state = next;
        observer.next(next);
      };
      const doubt = (reason: 'gap' | LossReason, since: number): void => {
        if (state.status === 'live') emit({ status: 'stale', value: state.value, reason, since });
      };
      const ask = (): void => {
        attempt = scheduler.elapsed() - liveSince >= defaultPause.stableAfter ? 1 : attempt + 1;
        liveSince = Infinity;
        asking?.unsubscribe();
        asking = timer(pauseBefore(attempt, defaultPause, random), scheduler).subscribe(() => {
          asking = timer(answerWithin, scheduler).subscribe(ask);
          resubscribe();
        });
      };
      const miss = (at: number): void => {
        if (asking !== undefined) return;
        report({ type: 'gap', channel, reason: 'gap', message: `${channel}: something is missing` });
        doubt('gap', at);
        ask();
      };
      const refresh = (): void => {
        if (refreshEvery === undefined) return;
        refreshing?.unsubscribe();
        refreshing = timer(refreshEvery, scheduler).subscribe(() => {
          if (asking !== undefined) return;
          attempt = 0;
          ask();
        });
      };
      const change = (value: IndexedChange<E>): void => {
        if (value.type === 'update') {
          // A list in doubt waits for its snapshot: an update would only hide what is missing.
          if (state.status === 'live') emit({ status: 'live', value: fold(state.value, value) });
          return;
        }
        asking?.unsubscribe();
        asking = undefined;
        const { status } = state;
        if (liveSince === Infinity) liveSince = scheduler.elapsed();
        refresh();
        if (state.status === 'stale') {
          const after = scheduler.now() - state.since;
          const message = `${channel}: whole again after ${String(Math.round(after))} ms`;
          report({ type: 'resnapshot', channel, after, message });
        }
        emit({ status: 'live', value: fold(status === 'syncing' ? undefined : state.value, value) });
      };

      emit(state);
      observer.add(() => {
        asking?.unsubscribe();
        refreshing?.unsubscribe();
      });
      observer.add(
        source.subscribe(
          endsTo(observer, (event) => {
            switch (event.type) {
              case 'begun':
              case 'confirmed':
                return;
              case 'message':
                change(event.value);
                return;
              case 'missed':
                miss(event.at);
                return;
              case 'lost':
                refreshing?.unsubscribe();
                if (event.reason !== 'gap') {
                  asking?.unsubscribe();
                  asking = undefined;
                }
                doubt(event.reason, event.at);
            }
          }),
        ),
      );
    });
}
