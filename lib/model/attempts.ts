/** How often in a row something was tried. */
export interface Attempts {
  /** The number of the last one; 0 before the first. */
  readonly count: number;
  /** Since when what it led to has held, as `elapsed` of a `SteadyScheduler` counts, in ms; `Infinity` while it does not. */
  readonly heldSince: number;
}

/** Nothing was tried yet. */
export const noAttempts: Attempts = { count: 0, heldSince: Infinity };

/** The number of the next one: the first again once what came of the last has held for so many ms. */
export const nextAttempt = (count: number, heldFor: number, stableAfter: number): number =>
  heldFor >= stableAfter ? 1 : count + 1;

/** One more is made now. */
export const attempted = ({ count, heldSince }: Attempts, now: number, stableAfter: number): Attempts => ({
  count: nextAttempt(count, now - heldSince, stableAfter),
  heldSince: Infinity,
});

/** The last one succeeded. What held already goes on holding. */
export const succeeded = (attempts: Attempts, now: number): Attempts =>
  attempts.heldSince === Infinity ? { count: attempts.count, heldSince: now } : attempts;
