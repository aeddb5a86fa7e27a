import { ODD, PlainLevel } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import type { Leaf, Sign } from './leaf.js';
import { boundsAt, leafOf, type Leaves, recut } from './leaves.js';
import { removes } from './level.js';

/** By its number a fold knows the leaves that it made, and may change until it returns. */
let folds = 0;

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
  let leaves = before as Leaf[];
  const fold = ++folds;
  // Levels of a diff mostly come in order: the next one is looked for where the last one was.
  let at = 0;
  for (const level of levels) {
    const { price } = level;
    const spelling = PlainLevel.spellingOf(level);
    at = leafOf(leaves, level, spelling, sign, at);
    let leaf = leaves[at] as Leaf;
    let index = leaf.near(price, sign);
    let isThere = leaf.prices[index] === price;
    // Of two plain ones the doubles tell.
    if (isThere && (spelling === ODD || leaf.spellingAt(index) === ODD)) {
      index = leaf.indexOf(level, spelling, sign);
      isThere = index < leaf.length && leaf.compare(index, level, spelling) === 0;
    }
    const isGone = level.size === 0 && (spelling !== ODD || removes(level));
    if (isGone && !isThere) {
      if (tally) tally.deletesOfNothing++;
      continue;
    }
    if (leaf.madeBy !== fold) {
      if (leaves === before) leaves = leaves.slice();
      leaf = leaves[at] = leaf.copy();
      leaf.madeBy = fold;
    }
    if (isThere && !isGone) {
      if (leaf.levels === undefined && leaf.spelling === spelling) leaf.sizes[index] = level.size;
      else leaf.set(index, level, spelling);
      continue;
    }
    if (isGone) leaf.remove(index);
    else leaf.insert(index, level, spelling);
    const [least, , most] = boundsAt(at);
    if (leaf.length > most || (leaf.length < least && leaves.length > 1)) {
      for (const one of recut(leaves, at)) one.madeBy = fold;
      at = 0;
    }
  }
  return leaves;
}
