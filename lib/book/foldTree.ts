import type { PriceLevel } from '../model/priceLevel.js';
import { balance, branchOf, LEAST, MOST, owned } from './chunk.js';
import { removes } from './level.js';
import {
  groupFor,
  indexFor,
  isAt,
  isWide,
  leafFor,
  leafOf,
  type Group,
  type Leaf,
  type LevelTree,
  type Root,
  type Sign,
} from './levelTree.js';

/**
 * The tree after the levels of a diff, in any order, then cut to its `depth` best. The given tree stays as it was, and
 * is returned itself where nothing changed. Each chunk that a level falls into is copied once, all others are shared.
 */
export function foldTree(
  tree: LevelTree,
  levels: readonly PriceLevel[],
  depth = Infinity,
  tally?: { deletesOfNothing: number },
): LevelTree {
  const { sign } = tree;
  const version = tree.root.version + 1;
  let { root, wide } = tree;
  let g = 0;
  let l = 0;
  let group = root.items[0] as Group;
  let leaf = group.items[0] as Leaf;
  let isFound = true;
  // The keys that this fold copied last, so that several levels coming or going in one leaf copy them once.
  let keys: number[] = [];
  for (const level of levels) {
    const rank = sign * level.price;
    wide ||= isWide(level);
    if (!isFound || !isWithin(leaf, rank)) {
      g = groupFor(root, level, rank, sign, wide);
      group = root.items[g] as Group;
      l = leafFor(group, level, rank, sign, wide);
      leaf = group.items[l] as Leaf;
      isFound = true;
    }
    const index = indexFor(leaf, level, rank, sign, wide);
    const isThere = isAt(leaf, index, level, rank, sign, wide);
    const isGone = removes(level);
    if (isGone && !isThere) {
      if (tally !== undefined) tally.deletesOfNothing++;
      continue;
    }
    if (leaf.version !== version) {
      root = owned(root, version);
      group = root.items[g] = owned(group, version);
      leaf = group.items[l] = owned(leaf, version);
    }
    if (isThere && !isGone) {
      leaf.items[index] = level;
      continue;
    }
    if (leaf.keys !== keys) leaf.keys = keys = leaf.keys.slice();
    if (isGone) {
      keys.splice(index, 1);
      leaf.items.splice(index, 1);
    } else {
      keys.splice(index, 0, rank);
      leaf.items.splice(index, 0, level);
    }
    recount(root, group, leaf);
    if (index === 0 || keys.length > MOST || keys.length < LEAST) {
      settle(root, g, l, sign);
      isFound = false;
    }
  }
  if (root.count > depth) root = cut(owned(root, version), Math.max(depth, 0), sign);
  return root === tree.root ? tree : { root, sign, wide };
}

/** Strictly, since a price at the edge may have a neighbour of the same double in the next leaf. */
function isWithin({ keys }: Leaf, rank: number): boolean {
  return rank > (keys[0] as number) && rank < (keys[keys.length - 1] as number);
}

/** Makes the counts of an owned leaf and of what is above it right again. */
function recount(root: Root, group: Group, leaf: Leaf): void {
  const change = leaf.items.length - leaf.count;
  leaf.count += change;
  group.count += change;
  root.count += change;
}

/** Puts sizes and keys above an owned leaf right again. */
function settle(root: Root, g: number, l: number, sign: Sign): void {
  const { version } = root;
  balance(root.items[g] as Group, l, (levels) => leafOf(levels, sign, version));
  balance(root, g, (leaves) => branchOf(leaves, version));
}

/** Takes the worst levels out of an owned root until `depth` are left. */
function cut(root: Root, depth: number, sign: Sign): Root {
  while (root.count > depth) {
    const g = root.items.length - 1;
    const group = owned(root.items[g] as Group, root.version);
    const l = group.items.length - 1;
    const leaf = owned(group.items[l] as Leaf, root.version);
    root.items[g] = group;
    group.items[l] = leaf;
    leaf.items.splice(Math.max(0, leaf.count - (root.count - depth)));
    leaf.keys = leaf.keys.slice(0, leaf.items.length);
    recount(root, group, leaf);
    settle(root, g, l, sign);
  }
  return root;
}
