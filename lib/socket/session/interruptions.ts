import { type Attempts, attempted, noAttempts } from '../../model/attempts.js';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';
import { ceilingOf } from '../backoff.js';

/** The first is met at once, then after 0.25 s, 0.5 s … 8 s; what held for 5 s counts from the first again. In ms. */
const POLICY = { base: 250, factor: 2, cap: 8_000 } as const;
const STABLE_AFTER = 5_000;

/**
 * How often in a row each subscription of a session was interrupted. A venue that says the same whatever is requested (that
 * something is subscribed already, though it was told to end it) would else be asked as fast as it answers.
 */
export class Interruptions {
  readonly #byKey = new Map<string, Attempts>();

  constructor(private readonly scheduler: Pick<SteadyScheduler, 'elapsed'>) {}

  /** One more. @returns How long it waits before it is requested anew, in ms. */
  next(key: string): number {
    const now = this.scheduler.elapsed();
    const { count } = attempted(this.#byKey.get(key) ?? noAttempts, now, STABLE_AFTER);
    const wait = ceilingOf(count, POLICY);
    this.#byKey.set(key, { count, heldSince: now + wait });
    return wait;
  }
}
