import type { PriceLevel } from '../model/priceLevel.js';
import { indexIn, isAt, LEAST, leafFor, leavesOf, MOST, type Leaves, type Sign } from './leaves.js';
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
    const at = leafFor(leaves, level, sign);
    let leaf = leaves[at] as PriceLevel[];
    const index = indexIn(leaf, level, sign);
    const isThere = isAt(leaf, index, level);
    const isGone = removes(level);
    if (isGone && !isThere) {
      if (tally !== undefined) tally.deletesOfNothing++;
      continue;
    }
    if (!own.includes(leaf)) {
      leaf = leaf.slice();
      if (leaves === before) leaves = leaves.slice();
      leaves[at] = leaf;
      own.push(leaf);
    }
    if (isThere && !isGone) {
      leaf[index] = level;
      continue;
    }
    if (isGone) leaf.splice(index, 1);
    else leaf.splice(index, 0, level);
    if (leaf.length > MOST || (leaf.length < LEAST && leaves.length > 1)) {
      // Joined with a neighbour and cut anew: no piece is too small or too big then.
      const first = Math.max(0, Math.min(at, leaves.length - 2));
      const cut = leavesOf(leaves.slice(first, first + 2).flat());
      leaves.splice(first, 2, ...cut);
      own.push(...cut);
    }
  }
  return leaves;
}
