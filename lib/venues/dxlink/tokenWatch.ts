import {
  type Observable,
  type SchedulerLike,
  catchError,
  defer,
  expand,
  from,
  map,
  merge,
  of,
  startWith,
  switchMap,
  take,
  takeWhile,
  tap,
  throwError,
  timer,
  EMPTY,
} from 'rxjs';
import { WireLostError } from '../../errors/wireLostError.js';
import type { Credentials } from './credentials.js';

export interface TokenWatchConfig {
  readonly credentials: Credentials;
  readonly refreshAhead: number;
  readonly scheduler: SchedulerLike;
  /** A fresh token is needed now. */
  readonly renew$: Observable<unknown>;
  /** Sends the token that is current now. */
  readonly use: () => void;
}

/** Pause after a renewal that failed, in ms. */
const PAUSE = 15_000;

/**
 * Keeps the token of a session alive: asks for the next one ahead of its end and uses it at once. A provider that fails
 * is asked again until the token has run out; only then is the session given up.
 *
 * @returns Errors with a `WireLostError` of `auth` when there is no token any more. Emits nothing of meaning.
 */
export function tokenWatch({
  credentials,
  refreshAhead,
  scheduler,
  renew$,
  use,
}: TokenWatchConfig): Observable<unknown> {
  const ask = (): Observable<boolean> =>
    defer(() => from(credentials.ask())).pipe(
      take(1),
      tap((fresh) => {
        credentials.current = { ...credentials.current, ...fresh };
        use();
      }),
      map(() => true),
      catchError(() => of(false)),
    );
  const ahead = (): Observable<unknown> => {
    const { expiresAt } = credentials.current;
    if (expiresAt === undefined) return EMPTY;
    const wait = Math.max(0, expiresAt - refreshAhead - scheduler.now());
    return timer(wait, scheduler).pipe(
      switchMap(() => insist(expiresAt)),
      switchMap(() => {
        const next = credentials.current.expiresAt;
        // A provider that gives the same token again would be asked without end.
        return next === undefined || next <= expiresAt ? EMPTY : ahead();
      }),
    );
  };
  const insist = (until: number): Observable<boolean> =>
    ask().pipe(
      expand((isDone) => (isDone ? EMPTY : timer(PAUSE, scheduler).pipe(switchMap(() => again(until))))),
      takeWhile((isDone) => !isDone, true),
      switchMap((isDone) => (isDone ? of(true) : EMPTY)),
    );
  const again = (until: number): Observable<boolean> => (scheduler.now() >= until ? gone() : ask());
  const gone = (): Observable<never> =>
    throwError(() => new WireLostError('auth', 'the token ran out, and no new one could be had'));
  const now$ = renew$.pipe(
    switchMap(() => ask()),
    switchMap((isDone) => (isDone ? of(true) : gone())),
  );
  return merge(now$.pipe(startWith(false)), defer(ahead));
}
