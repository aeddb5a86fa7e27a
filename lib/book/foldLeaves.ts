import type { PriceLevel } from '../model/priceLevel.js';
import { LEAST, leavesOf, MOST, placeOf, type Leaves, type Sign } from './leaves.js';
import { removes } from './level.js';

/**
 * The leaves after the levels of a diff, in any order. The given ones stay as they were, and are returned themselves
 * where nothing changed. Each leaf that a level falls into is copied once, all others are shared.
 */
export function foldLeaves(
  before: Leaves,
  levels: readonly PriceLevel[],
  sign: Sign,
  tally?: { deletesOfNothing: number },
): Leaves {
  let leaves = before as PriceLevel[][];
  // Those that this fold made, and may change until it returns.
  const own: PriceLevel[][] = [];
  for (const level of levels) {
    const { at, index, level: old } = placeOf(leaves, level, sign);
    const isGone = removes(level);
    if (isGone && !old) {
      if (tally) tally.deletesOfNothing++;
      continue;
    }
    let leaf = leaves[at] as PriceLevel[];
    if (!own.includes(leaf)) {
      if (leaves === before) leaves = leaves.slice();
      leaf = leaves[at] = leaf.slice();
      own.push(leaf);
    }
    if (isGone) leaf.splice(index, 1);
    else if (old) leaf[index] = level;
    else leaf.splice(index, 0, level);
    if (leaf.length > MOST || (leaf.length < LEAST && leaves.length > 1)) {
      // Joined with a neighbour and cut anew: no piece is too small or too big then.
      const first = Math.max(0, at - 1);
      // Not by `flat`: V8 takes what that makes for a list with holes, and reads it more slowly.
      const cut = leavesOf(([] as PriceLevel[]).concat(...leaves.slice(first, first + 2)));
      leaves.splice(first, 2, ...cut);
      own.push(...cut);
    }
  }
  return leaves;
}
