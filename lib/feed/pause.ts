import { ceilingOf } from '../socket/backoff.js';

/** How long to wait before asking for the next snapshot of a book that keeps breaking. */
export interface PausePolicy {
  /** Ceiling of the second wait, in ms (the first request is made at once). Default: 250. */
  readonly base: number;
  /** Growth from one ceiling to the next. Default: 2. */
  readonly factor: number;
  /** No ceiling exceeds this, in ms. Default: 8,000. */
  readonly cap: number;
  /** A book that stayed live for this many ms has its next break mended at once again. Default: 5,000. */
  readonly stableAfter: number;
}

/** What feeds wait by where nothing else is said: at once, then up to 250 ms, 500 ms … 8 s. */
export const defaultPause: PausePolicy = { base: 250, factor: 2, cap: 8_000, stableAfter: 5_000 };

/**
 * The wait before attempt `attempt` (from 1) in ms: between half the ceiling and all of it, so that books which broke
 * together don't ask together, and none asks at once over and over.
 *
 * @param random In [0, 1).
 */
export const pauseBefore = (attempt: number, policy: PausePolicy, random: () => number): number =>
  ceilingOf(attempt, policy) * (0.5 + random() / 2);
