import type { BookTally } from '../model/bookTally.js';

/** A tally as its owner counts it up. */
export type MutableTally = { -readonly [K in keyof BookTally]: BookTally[K] };

/** A tally with nothing counted. */
export function emptyTally(): MutableTally {
  return {
    snapshots: 0,
    diffs: 0,
    applied: 0,
    stale: 0,
    early: 0,
    gaps: 0,
    checksumsHeld: 0,
    checksumsFailed: 0,
    deletesOfNothing: 0,
    crossed: 0,
  };
}
