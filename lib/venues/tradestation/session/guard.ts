import { type Observable, type SchedulerLike, of, tap, timer } from 'rxjs';
import { WireLostError } from '../../../errors/wireLostError.js';
import type { Tokens } from '../../../feed/withToken.js';
import type { Attempt } from '../../../socket/plan.js';
import { steady } from '../../../time/steadyScheduler.js';
import { DUAL_LOGON, SPREAD } from '../endpoint.js';

/** How long a token that came for a refused one stays in use though it is refused, in ms. */
const STAYS = 60_000;

export interface GuardConfig {
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
  /** The venue said within a stream that it does not know the token. */
  readonly unauthorized: () => void;
  /**
   * A token that was refused is asked for anew. Where the new one is refused as well it may be the scope, or that the
   * venue does not know it yet: it stays in use for a while, so that one stream does not take all others' away. Nothing
   * of that is final: only who gives the tokens can say that there will be none.
   */
  readonly check: (attempt: Attempt) => void;
  /** The token of this attempt. */
  readonly token: () => Observable<string>;
  /** It was taken. */
  readonly opened: () => void;
}

export function makeGuard({ credentials, scheduler, random }: GuardConfig): Guard {
  const time = steady(scheduler);
  let used: string | undefined;
  let usedSince = 0;
  let isUnauthorized = false;
  /** How often in a row. */
  let refusals = 0;
  let notBefore = -Infinity;
  return {
    unauthorized: () => {
      isUnauthorized = true;
    },
    dualLogon: () => {
      notBefore = time.elapsed() + DUAL_LOGON;
    },
    pause: ({ lost }) => {
      const isExpected = lost instanceof WireLostError && (lost.reason === 'shutdown' || lost.reason === 'closed');
      const wait = Math.max(notBefore - time.elapsed(), isExpected ? random() * SPREAD : 0);
      return wait > 0 ? timer(wait, time) : of(0);
    },
    check: ({ lost }) => {
      const isRefused = isUnauthorized || (lost instanceof WireLostError && lost.code === 401);
      isUnauthorized = false;
      if (!isRefused || used === undefined) return;
      refusals += 1;
      if (refusals === 1 || time.elapsed() - usedSince >= STAYS) credentials.refuse(used);
    },
    token: () =>
      credentials.get().pipe(
        tap((token) => {
          if (token === used) return;
          used = token;
          usedSince = time.elapsed();
        }),
      ),
    opened: () => {
      refusals = 0;
    },
  };
}
