import { EMPTY, type Observable, ReplaySubject, type SchedulerLike, Subject, defer, of, share, tap, timer } from 'rxjs';
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

/** @param connector Through what all observers hear the source: it decides what a late one is told. */
export type KeyedStreams = <T>(key: string, connector: () => Subject<T>, create: () => Observable<T>) => Observable<T>;

export function makeKeyedStreams({ linger, scheduler }: SharedStreamsConfig): KeyedStreams {
  const time = steady(scheduler);
  const running = new Map<string, Observable<unknown>>();

  const start = <T>(key: string, connector: () => Subject<T>, create: () => Observable<T>): Observable<T> => {
    const forget = (): void => {
      if (running.get(key) === shared) running.delete(key);
    };
    // An ended stream is forgotten, so nothing has to start over; a reset here would begin to linger for nobody.
    const ended = (): Observable<never> => {
      forget();
      return EMPTY;
    };
    const shared = defer(create).pipe(
      share({
        connector,
        // Before the source is left, and before an end is told: who subscribes again on hearing of it starts a stream anew.
        resetOnRefCountZero: () => (linger > 0 ? timer(linger, time) : of(0)).pipe(tap(forget)),
        resetOnError: ended,
        resetOnComplete: ended,
      }),
    );
    running.set(key, shared);
    return shared;
  };

  // Looked up at each subscription, so that an observable somebody kept never runs beside a newer one.
  return <T>(key: string, connector: () => Subject<T>, create: () => Observable<T>) =>
    defer(() => (running.get(key) as Observable<T> | undefined) ?? start(key, connector, create));
}

export function makeSharedStreams(config: SharedStreamsConfig): SharedStreams {
  const streams = makeKeyedStreams(config);
  return <T>(key: string, current: boolean, create: () => Observable<T>) =>
    streams(key, () => (current ? new ReplaySubject<T>(1) : new Subject<T>()), create);
}
