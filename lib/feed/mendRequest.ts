import { type Observable, type SchedulerLike, ignoreElements, of, switchMap, take, timer } from 'rxjs';
import type { DepthSnapshot } from '../model/depthEvent.js';
import type { DepthFeedConfig } from './depthFeedConfig.js';

/** How a snapshot is to be had, and how long to wait before, in ms. */
export interface MendRequest {
  readonly type: 'request' | 'resubscribe';
  readonly wait: number;
}

/**
 * Waits, then asks the venue for a snapshot and emits it; or subscribes anew and gives the venue `answerWithin` ms to
 * send its snapshot in the stream, where whoever sees it unsubscribes from here. Completes empty where none came.
 */
export function mendRequest(
  { snapshot, resubscribe, answerWithin = 10_000 }: Pick<DepthFeedConfig, 'snapshot' | 'resubscribe' | 'answerWithin'>,
  scheduler: SchedulerLike,
  { type, wait }: MendRequest,
): Observable<DepthSnapshot> {
  // Without a wait in the same step: a book asks for its first snapshot before anything else happens.
  return (wait > 0 ? timer(wait, scheduler) : of(0)).pipe(
    switchMap(() => {
      if (type === 'request' && snapshot !== undefined) return snapshot();
      resubscribe();
      return timer(answerWithin, scheduler).pipe(ignoreElements());
    }),
    take(1),
  );
}
