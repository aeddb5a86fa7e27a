import { type Observable, ReplaySubject, type SchedulerLike, Subject, defer, share, tap, timer } from 'rxjs';
import { steady } from '../time/steadyScheduler.js';

export interface SharedStreamsConfig {
  /** How long a stream outlives its last observer, in ms; 0 ends it at once. */
  readonly linger: number;
  readonly scheduler: SchedulerLike;
}

/**
 * One running stream per key, however many observe it.
 *
 *     first    ^-----!                 subscribes the source
 *     second      ^-------!            joins it
 *     source   ^---------------!       ends a linger after the last has left, not at all if one comes back before
 *
 * @param key What makes two streams the same. All callers of one key give the same `create`.
 * @param current Whether late observers get the latest value at once.
 */
export type SharedStreams = <T>(key: string, current: boolean, create: () => Observable<T>) => Observable<T>;

export function makeSharedStreams({ linger, scheduler }: SharedStreamsConfig): SharedStreams {
  const time = steady(scheduler);
  const running = new Map<string, Observable<unknown>>();

  const start = <T>(key: string, current: boolean, create: () => Observable<T>): Observable<T> => {
    const forget = (): void => {
      if (running.get(key) === shared) running.delete(key);
    };
    const shared = defer(create).pipe(
      // Before the end is told: who subscribes again on hearing of it starts a stream of its own.
      tap({ error: forget, complete: forget, finalize: forget }),
      share({
        connector: () => (current ? new ReplaySubject<T>(1) : new Subject<T>()),
        resetOnRefCountZero: linger > 0 ? () => timer(linger, time) : true,
        // An ended stream is forgotten, so nothing has to start over; a reset here would begin to linger for nobody.
        resetOnError: false,
        resetOnComplete: false,
      }),
    );
    running.set(key, shared);
    return shared;
  };

  // Looked up at each subscription, so that an observable somebody kept never runs beside a newer one.
  return <T>(key: string, current: boolean, create: () => Observable<T>) =>
    defer(() => (running.get(key) as Observable<T> | undefined) ?? start(key, current, create));
}
