import { type Observable, ignoreElements, of, switchMap, take, timer } from 'rxjs';
import type { DepthSnapshot } from '../model/depthEvent.js';
import type { DepthFeedConfig } from './depthFeedConfig.js';

/**
 * Waits, then asks the venue for a snapshot and emits it; or subscribes anew and gives the venue `answerWithin` ms to
 * send its snapshot in the stream, where whoever sees it unsubscribes from here. Completes empty where none came.
 */
export function mendRequest(config: DepthFeedConfig, wait: number, byRequest: boolean): Observable<DepthSnapshot> {
  const { snapshot, resubscribe, answerWithin = 10_000, scheduler } = config;
  // Without a wait in the same step: a book asks for its first snapshot before anything else happens.
  return (wait > 0 ? timer(wait, scheduler) : of(0)).pipe(
    switchMap(() => {
      if (byRequest && snapshot !== undefined) return snapshot();
      resubscribe();
      return timer(answerWithin, scheduler).pipe(ignoreElements());
    }),
    take(1),
  );
}
