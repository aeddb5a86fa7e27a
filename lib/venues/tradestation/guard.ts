import { type Observable, type SchedulerLike, of, tap, timer } from 'rxjs';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { WireLostError } from '../../errors/wireLostError.js';
import type { Tokens } from '../../feed/withToken.js';
import type { Attempt } from '../../socket/plan.js';
import { DUAL_LOGON, SPREAD } from './endpoint.js';

export interface GuardConfig {
  readonly key: string;
  readonly credentials: Tokens;
  readonly scheduler: SchedulerLike;
  /** In [0, 1). */
  readonly random: () => number;
}

/** What one wire remembers from attempt to attempt, and what follows from it. */
export interface Guard {
  /** The venue threw us out, since the login is used elsewhere. */
  readonly dualLogon: () => void;
  /** Waits where the venue threw us out, and a little where it threw everybody out. */
  readonly pause: (attempt: Attempt) => Observable<unknown>;
  /**
   * One token that is refused is asked for anew; a second one means that it is not the token.
   *
   * @throws SubscriptionRefusedError then.
   */
  readonly check: (attempt: Attempt) => void;
  /** The token of this attempt. */
  readonly token: () => Observable<string>;
  /** It was taken. */
  readonly opened: () => void;
}

export function makeGuard({ key, credentials, scheduler, random }: GuardConfig): Guard {
  let used: string | undefined;
  let isRefused = false;
  let notBefore = 0;
  return {
    dualLogon: () => {
      notBefore = scheduler.now() + DUAL_LOGON;
    },
    pause: ({ lost }) => {
      const isExpected = lost instanceof WireLostError && (lost.reason === 'shutdown' || lost.reason === 'closed');
      const wait = Math.max(notBefore - scheduler.now(), isExpected ? random() * SPREAD : 0);
      return wait > 0 ? timer(wait, scheduler) : of(0);
    },
    check: ({ lost }) => {
      if (!(lost instanceof WireLostError) || lost.code !== 401) return;
      if (isRefused) {
        const text = 'status 401, with a new token too: the program may lack the scope';
        throw new SubscriptionRefusedError('tradestation', key, text);
      }
      if (used !== undefined) credentials.refuse(used);
      isRefused = true;
    },
    token: () =>
      credentials.get().pipe(
        tap((token) => {
          used = token;
        }),
      ),
    opened: () => {
      isRefused = false;
    },
  };
}
