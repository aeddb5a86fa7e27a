import fc from 'fast-check';
import { firstNotBelow, lastNotAbove, type Chunk } from '../../lib/book/chunk.js';
import { foldTree } from '../../lib/book/foldTree.js';
import { levelOf } from '../../lib/book/level.js';
import { treeOf, type LevelTree } from '../../lib/book/levelTree.js';
import type { PriceLevel } from '../../lib/model/priceLevel.js';

const sortedKeys = fc
  .array(fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ noNaN: true })), { minLength: 1, maxLength: 70 })
  .map((keys) => keys.sort((a, b) => a - b));
const anyKey = fc.oneof(fc.integer({ min: -21, max: 21 }), fc.double({ noNaN: true }));

describe('searching keys', () => {
  it('finds the first that is not below, and the last that is not above, as looking at each would', () => {
    fc.assert(
      fc.property(sortedKeys, anyKey, (keys, key) => {
        const first = keys.findIndex((each) => each >= key);
        expect(firstNotBelow(keys, key)).toBe(first < 0 ? keys.length : first);
        expect(lastNotAbove(keys, key)).toBe(Math.max(0, keys.filter((each) => each <= key).length - 1));
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds its place among none', () => expect([firstNotBelow([], 1), lastNotAbove([], 1)]).toEqual([0, 0]));
});

const leavesOf = (tree: LevelTree): readonly Chunk<PriceLevel>[] => tree.root.items.flatMap((group) => group.items);
const made = (count: number, step = 1): readonly PriceLevel[] =>
  Array.from({ length: count }, (_, i) => levelOf(String(1 + i * step), '1'));

/** What must hold of every tree: counts and keys as the items say, no chunk too big, none small that has a neighbour. */
function expectSound({ root, sign }: LevelTree): void {
  const faults: string[] = [];
  const check = (isRight: boolean, what: string): unknown => isRight || faults.push(what);
  const sum = (chunks: readonly Chunk<unknown>[]): number => chunks.reduce((total, { count }) => total + count, 0);
  const checkSizes = (chunks: readonly Chunk<unknown>[]): void => {
    for (const { items, keys } of chunks) {
      check(keys.length === items.length, 'a key for each item');
      check(items.length <= 64, 'too big');
      check(items.length >= 16 || chunks.length === 1, 'too small');
    }
  };
  checkSizes(root.items);
  check(root.count === sum(root.items), 'count of the root');
  root.items.forEach((group, g) => {
    checkSizes(group.items);
    check(group.count === sum(group.items), 'count of a group');
    check(root.keys[g] === group.keys[0], 'key of a group');
    group.items.forEach((leaf, l) => {
      check(leaf.count === leaf.items.length, 'count of a leaf');
      check(group.keys[l] === (leaf.keys[0] ?? 0), 'key of a leaf');
      check(
        leaf.items.every(({ price }, i) => leaf.keys[i] === sign * price),
        'keys of levels',
      );
    });
  });
  expect(faults).toEqual([]);
}

describe('foldTree', () => {
  it('shares every leaf that no level fell into', () => {
    const before = treeOf(made(10_000), 1);
    const after = foldTree(before, [levelOf('5', '9'), levelOf('4970.5', '9'), levelOf('4971', '0')]);

    const old = new Set(leavesOf(before));
    expect(leavesOf(after).filter((leaf) => !old.has(leaf))).toHaveLength(2);
    const oldGroups = new Set(before.root.items);
    expect(after.root.items.filter((group) => !oldGroups.has(group))).toHaveLength(2);
  });

  it('is the very tree where nothing changed', () => {
    const tree = treeOf(made(100), 1);

    expect(foldTree(tree, [])).toBe(tree);
    expect(foldTree(tree, [levelOf('0.5', '0')], 100)).toBe(tree);
  });

  it('keeps two versions of one tree apart', () => {
    const tree = treeOf(made(100), 1);
    const one = foldTree(tree, [levelOf('5', '7')]);
    const two = foldTree(tree, [levelOf('5', '8')]);
    foldTree(one, [levelOf('5', '9'), levelOf('6', '0'), levelOf('5.5', '1')]);

    const at = (each: LevelTree): unknown => leavesOf(each)[0]?.items[4]?.size;
    expect([at(tree), at(one), at(two), one.root.count]).toEqual([1, 7, 8, 100]);
  });

  it('stays balanced while it grows from nothing, shrinks to nothing and grows again', () => {
    const levels = made(6_000);
    const gone = levels.map(({ exact }) => levelOf(exact.price, '0'));
    for (const sign of [1, -1] as const) {
      let tree = treeOf([], sign);
      for (const wave of [levels, gone, [...levels].reverse(), gone.filter((_, i) => i % 7 !== 0)]) {
        for (let i = 0; i < wave.length; i += 97) {
          tree = foldTree(tree, wave.slice(i, i + 97));
          if (i % 5 === 0) expectSound(tree);
        }
        expectSound(tree);
      }
      expect(tree.root.count).toBe(858);
    }
  });

  it('stays balanced through any changes and cuts', () => {
    const change = fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.constantFrom('0', '0', '1', '2'));
    const step = fc.record({
      changes: fc.array(change, { maxLength: 300 }),
      depth: fc.constantFrom(Infinity, Infinity, 5, 40, 1_000),
    });
    fc.assert(
      fc.property(fc.nat({ max: 3_000 }), fc.array(step, { maxLength: 8 }), (count, steps) => {
        let tree = treeOf(made(count), -1);
        expectSound(tree);
        for (const { changes, depth } of steps) {
          tree = foldTree(
            tree,
            changes.map(([price, size]) => levelOf(String(price), size)),
            depth,
          );
          expectSound(tree);
          expect(tree.root.count).toBeLessThanOrEqual(depth);
        }
      }),
      { numRuns: 60 },
    );
  });
});
