import {
  type MonoTypeOperatorFunction,
  type Observable,
  EMPTY,
  connect,
  defer,
  distinctUntilChanged,
  endWith,
  ignoreElements,
  merge,
  of,
  scan,
  switchMap,
  takeUntil,
  timer,
} from 'rxjs';
import type { FoldContext } from '../../../feed/foldContext.js';
import type { ChannelEvent } from '../../../socket/channelEvent.js';

export interface SnapshotWithinConfig<T> extends Pick<FoldContext, 'channel' | 'scheduler' | 'report'> {
  /** How long a session may take to tell all there is, in ms. */
  readonly within: number;
  /** Whether a message says that it has. */
  readonly isEnd: (value: T) => boolean;
}

/**
 * Takes a session whose first snapshot does not end for one of which something is missing: what changes meanwhile goes on to
 * come, and nothing else would tell.
 *
 *     channel                -b-s-e--l-b-s-----    b begun, s some, e end of the snapshot, l lost
 *     snapshotWithin, 5 ms   -b-s-e--l-b-s--m--    m missed
 */
export const snapshotWithin =
  <T>({
    channel,
    scheduler,
    report,
    within,
    isEnd,
  }: SnapshotWithinConfig<T>): MonoTypeOperatorFunction<ChannelEvent<T>> =>
  (events$) => {
    const missed$ = defer((): Observable<ChannelEvent<T>> => {
      const message = `${channel}: the first snapshot has not ended within ${within} ms`;
      report({ type: 'gap', channel, reason: 'gap', message });
      return of({ type: 'missed', at: scheduler.now() });
    });
    const isWaiting = (before: boolean, event: ChannelEvent<T>): boolean => {
      if (event.type === 'message') return before && !isEnd(event.value);
      return event.type === 'begun' || (before && event.type !== 'lost' && event.type !== 'missed');
    };
    return events$.pipe(
      connect((events) =>
        merge(
          events,
          events.pipe(
            scan(isWaiting, false),
            distinctUntilChanged(),
            switchMap((waits) => (waits ? timer(within, scheduler).pipe(switchMap(() => missed$)) : EMPTY)),
            takeUntil(events.pipe(ignoreElements(), endWith(undefined))),
          ),
        ),
      ),
    );
  };
