import { type Observable, catchError, defer, exhaustMap, first, of, switchMap, tap, throwIfEmpty } from 'rxjs';
import { WireLostError } from '../errors/wireLostError.js';
import type { Wire } from '../network/network.js';
import { within } from '../network/within.js';
import { lossBy } from './lossBy.js';
import type { Attempt, WirePlan } from './plan.js';
import type { VenueParts } from './venueParts.js';

/** What an attempt is made for. */
export interface AttemptConfig<S> {
  readonly plan: WirePlan;
  /** What the endpoint and the admission may depend on, as it is when they are asked. */
  readonly about: () => Attempt;
  /** The session on the wire, once it is open. */
  readonly session: (wire: Wire) => Observable<S>;
}

/** One attempt to have a wire: admission, a place among new connections, endpoint, wire, session, until it is lost. */
export const attemptOf = <S>({ plan, about, session }: AttemptConfig<S>, parts: VenueParts): Observable<S> => {
  const { network, scheduler, connections, timing } = parts;
  const { handshakeWithin } = timing;
  const late = (): WireLostError => new WireLostError('handshake', `not ready within ${handshakeWithin} ms`);

  const session$ = defer(() => plan.endpoint(about())).pipe(
    first(),
    catchError((error: unknown) => {
      throw lossBy(error, 'auth', 'endpoint');
    }),
    switchMap((endpoint) =>
      network.open(endpoint).pipe(
        tap({
          complete: () => {
            throw new WireLostError('closed', 'the wire ended');
          },
        }),
      ),
    ),
    switchMap(session),
    within(handshakeWithin, { scheduler }, late),
  );
  const begin = (): Observable<S> => (connections?.run(of(true)) ?? of(true)).pipe(switchMap(() => session$));
  return defer(() => plan.admission?.(about()) ?? of(true)).pipe(
    // By its first value, and by no further one while the session lasts.
    exhaustMap(begin),
    throwIfEmpty(),
  );
};
