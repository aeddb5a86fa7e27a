import type { DepthDiff } from '../../model/depthEvent.js';

/** Diffs that wait for a snapshot: a list that grows at its end and shares what it was before. */
export interface Held {
  readonly count: number;
  /** How many levels they have together. */
  readonly levels: number;
  readonly oldest: DepthDiff | undefined;
  readonly newest: DepthDiff | undefined;
  readonly before: Held | undefined;
}

export const nothingHeld: Held = { count: 0, levels: 0, oldest: undefined, newest: undefined, before: undefined };

export const levelsIn = ({ bids, asks }: DepthDiff): number => bids.length + asks.length;

export const heldWith = (held: Held, diff: DepthDiff): Held => ({
  count: held.count + 1,
  levels: held.levels + levelsIn(diff),
  oldest: held.oldest ?? diff,
  newest: diff,
  before: held,
});

export const heldOf = (diffs: readonly DepthDiff[]): Held => diffs.reduce(heldWith, nothingHeld);

/** In the order they came. */
export function diffsOf(held: Held): DepthDiff[] {
  const diffs: DepthDiff[] = [];
  for (let rest: Held | undefined = held; rest?.newest !== undefined; rest = rest.before) diffs.push(rest.newest);
  return diffs.reverse();
}
