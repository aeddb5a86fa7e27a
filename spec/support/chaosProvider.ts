import {
  concat,
  defer,
  delay,
  from,
  map,
  mergeMap,
  NEVER,
  throwError,
  timer,
  type Observable,
  type ObservableInput,
  type SchedulerLike,
} from 'rxjs';
import type { HttpRequest, Network } from '../../lib/network/network.js';
import type { Random } from '../../lib/simulation/random.js';
import { between, pick } from './chaosDraw.js';

/** How somebody who is asked for credentials or a signature may answer. */
export const manners = ['provider late', 'provider twice', 'provider never', 'provider with an error'] as const;

export interface Provider {
  /** Asks, and answers in one of the manners, at once from `until` on. */
  around<T>(ask: () => ObservableInput<T>): Observable<T>;
  readonly struck: () => Readonly<Partial<Record<string, number>>>;
}

/** Asks for an access token of a simulated venue, as a user's own service would. Its end is by the clock of the user. */
export const tokenOf = (
  network: Network,
  request: HttpRequest,
  now: () => number,
): Observable<{ readonly value: string; readonly expiresAt: number }> =>
  network.request(request).pipe(
    map(({ status, body }) => {
      if (status !== 200) throw new Error(`the service says ${status}`);
      const { access_token: value, expires_in: life } = JSON.parse(body) as TokenAnswer;
      return { value, expiresAt: now() + life * 1_000 };
    }),
  );

interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in: number;
}

/** Whoever is asked by a client for what only its user has. */
export function unsteadyProvider(
  draw: Random,
  scheduler: SchedulerLike & { readonly frame: number },
  until: number,
): Provider {
  const struck: Partial<Record<string, number>> = {};
  return {
    struck: () => struck,
    around: (ask) =>
      defer(() => {
        const manner = scheduler.frame < until && draw() < 0.4 ? pick(draw, manners) : undefined;
        if (manner !== undefined) struck[manner] = (struck[manner] ?? 0) + 1;
        const wait = between(draw, 1, pick(draw, [100, 6_000, 12_000]));
        switch (manner) {
          case 'provider late':
            return from(ask()).pipe(delay(wait, scheduler));
          case 'provider twice':
            return concat(from(ask()), timer(wait, scheduler).pipe(mergeMap(() => ask())));
          case 'provider never':
            return NEVER;
          case 'provider with an error':
            return throwError(() => new Error('the provider has none'));
          default:
            return from(ask());
        }
      }),
  };
}
