import type { DepthDiff } from '../../model/depthEvent.js';

/** Diffs kept for a snapshot that is not there yet. Immutable: holding one more costs one cell. */
export interface Held {
  readonly size: number;
  readonly newest: DepthDiff | undefined;
  /** What was held before the newest. */
  readonly older: Held | undefined;
}

export const NOTHING_HELD: Held = { size: 0, newest: undefined, older: undefined };

export function hold(held: Held, diff: DepthDiff): Held {
  return { size: held.size + 1, newest: diff, older: held };
}

/** The held diffs, oldest first. */
export function heldDiffs(held: Held): DepthDiff[] {
  const diffs: DepthDiff[] = [];
  for (let cell: Held | undefined = held; cell?.newest !== undefined; cell = cell.older) diffs.push(cell.newest);
  return diffs.reverse();
}

/** `held` without its `count` oldest diffs. */
export function dropOldest(held: Held, count: number): Held {
  return heldDiffs(held).slice(count).reduce(hold, NOTHING_HELD);
}
