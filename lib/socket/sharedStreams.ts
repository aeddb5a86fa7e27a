import { EMPTY, type Observable, type SchedulerLike, type Subject, defer, of, share, tap, timer } from 'rxjs';
import { type SteadyScheduler, steady } from '../time/steadyScheduler.js';
import { FrameSubject } from '../network/frameSubject.js';
import { LatestSubject } from './latestSubject.js';

export interface SharedStreamsConfig {
  /** How long a stream outlives its last observer, in ms; 0 ends it at once. */
  readonly linger: number;
  readonly scheduler: SchedulerLike;
}

/**
 * One running stream per key, however many observe it. All callers of one key give the same `create`.
 *
 *     first    ^-----!                 subscribes the source
 *     second      ^-------!            joins it
 *     source   ^---------------!       ends a linger after the last has left, not at all if one comes back before
 */
export class SharedStreams {
  readonly #linger: number;
  readonly #time: SteadyScheduler;
  readonly #running = new Map<string, Observable<unknown>>();

  constructor({ linger, scheduler }: SharedStreamsConfig) {
    this.#linger = linger;
    this.#time = steady(scheduler);
  }

  /** A stream of which a late observer hears what comes from then on. */
  events<T>(key: string, create: (values: Subject<T>) => Observable<T>): Observable<T> {
    return this.through(key, () => new FrameSubject<T>(), create);
  }

  /** A stream whose latest value is a state: late observers get it at once. */
  states<T>(key: string, create: (values: Subject<T>) => Observable<T>): Observable<T> {
    return this.through<T>(key, () => new LatestSubject<T>(), create);
  }

  /**
   * The running stream of a key, or a new one, told through a connector of the caller's own.
   *
   * @param connector Through what all observers hear the source: it decides what a late one is told.
   * @param create The source. It may tell the connector itself what it would emit; its end it tells as a source does.
   */
  through<T, S extends Subject<T> = Subject<T>>(
    key: string,
    connector: () => S,
    create: (connector: S) => Observable<T>,
  ): Observable<T> {
    // Looked up at each subscription, so that an observable somebody kept never runs beside a newer one.
    return defer(() => (this.#running.get(key) as Observable<T> | undefined) ?? this.#start(key, connector(), create));
  }

  #start<T, S extends Subject<T>>(key: string, connector: S, create: (connector: S) => Observable<T>): Observable<T> {
    const discard = (): void => {
      if (this.#running.get(key) === shared) this.#running.delete(key);
    };
    // An ended stream is discarded, so nothing has to start over; a reset here would begin to linger for nobody.
    const ended = (): Observable<never> => {
      discard();
      return EMPTY;
    };
    const linger = this.#linger;
    const shared = defer(() => create(connector)).pipe(
      share({
        connector: () => connector,
        // Before the source is left, and before an end is told: who subscribes again on hearing of it starts a stream anew.
        resetOnRefCountZero: () => (linger > 0 ? timer(linger, this.#time) : of(0)).pipe(tap(discard)),
        resetOnError: ended,
        resetOnComplete: ended,
      }),
    );
    this.#running.set(key, shared);
    return shared;
  }
}
