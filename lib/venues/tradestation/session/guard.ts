import { type Observable, type SchedulerLike, of, tap, timer } from 'rxjs';
import { WireLostError } from '../../../errors/wireLostError.js';
import type { Tokens } from '../../../feed/withToken.js';
import type { Attempt } from '../../../socket/plan.js';
import { type SteadyScheduler, steady } from '../../../time/steadyScheduler.js';
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
export class Guard {
  readonly #time: SteadyScheduler;
  /** The token of this attempt, and since when it is in use. */
  #used: string | undefined;
  #usedSince = 0;
  #isUnauthorized = false;
  /** How often in a row a token was refused. */
  #refusals = 0;
  #notBefore = -Infinity;

  constructor(private readonly config: GuardConfig) {
    this.#time = steady(config.scheduler);
  }

  /** The venue said within a stream that it does not know the token. */
  unauthorized(): void {
    this.#isUnauthorized = true;
  }

  /** The venue threw us out, since the login is used elsewhere. */
  dualLogon(): void {
    this.#notBefore = this.#time.elapsed() + DUAL_LOGON;
  }

  /** Waits where the venue threw us out, and a little where it threw everybody out. */
  pause({ lost }: Attempt): Observable<unknown> {
    const isExpected = lost instanceof WireLostError && (lost.reason === 'shutdown' || lost.reason === 'closed');
    const wait = Math.max(this.#notBefore - this.#time.elapsed(), isExpected ? this.config.random() * SPREAD : 0);
    return wait > 0 ? timer(wait, this.#time) : of(0);
  }

  /**
   * A token that was refused is asked for anew. Where the new one is refused as well it may be the scope, or that the
   * venue does not know it yet: it stays in use for a while, so that one stream does not take all others' away. Nothing
   * of that is final: only who gives the tokens can say that there will be none.
   */
  check({ lost }: Attempt): void {
    const isRefused = this.#isUnauthorized || (lost instanceof WireLostError && lost.code === 401);
    this.#isUnauthorized = false;
    if (!isRefused || this.#used === undefined) return;
    this.#refusals += 1;
    const isOld = this.#time.elapsed() - this.#usedSince >= STAYS;
    if (this.#refusals === 1 || isOld) this.config.credentials.refuse(this.#used);
  }

  /** The token of this attempt. */
  token(): Observable<string> {
    return this.config.credentials.get().pipe(
      tap((token) => {
        if (token === this.#used) return;
        this.#used = token;
        this.#usedSince = this.#time.elapsed();
      }),
    );
  }

  /** It was taken. */
  opened(): void {
    this.#refusals = 0;
  }
}
