import type { DepthDiff } from '../model/depthEvent.js';
import { withLevels } from './withLevels.js';
import type { BookSide } from '../model/orderBook.js';
import { ODD, PlainLevel, sizeDecimalsOf } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { addDecimals } from './decimals.js';
import { removes } from './level.js';
import type { Sign } from './leaf.js';
import { type Leaves, numbersIn } from './leaves.js';
import { Side } from './side.js';
import { plainDecimal } from './ticks.js';
import type { SizeReading } from './fold.js';

/**
 * Sizes are signed changes: the new size is the old one plus what the diff says, added exactly.
 *
 * What no change can be contradicts the book: one that leaves less than nothing, and a 0 where a level stands (whoever
 * sends absolute sizes removes a level so).
 */
export const signedSizes: SizeReading = (book, diff) => {
  const bids = summed(book.bids, diff.bids, -1);
  if (typeof bids === 'string') return bids;
  const asks = summed(book.asks, diff.asks, 1);
  return typeof asks === 'string' ? asks : withLevels(diff, bids, asks);
};

/** Sizes are the new ones. A size below 0 contradicts that. */
export const absoluteSizes: SizeReading = (_, diff) => negative(diff) ?? diff;

function summed(side: BookSide, changes: readonly PriceLevel[], sign: Sign): readonly PriceLevel[] | string {
  const leaves = Side.leavesOf(side);
  // A price may be told twice: each change counts.
  if (!isEachOnce(changes) || leaves === undefined) return summedByText(side, changes);
  const levels: PriceLevel[] = [];
  for (const change of changes) {
    const level = plainSum(leaves, change, sign) ?? exactSum(side.get(change.exact.price), change);
    if (typeof level === 'string') return level;
    levels.push(level);
  }
  return levels;
}

/** Whether no price is told twice. Those that stand in their order, as they mostly do, need no set. */
function isEachOnce(changes: readonly PriceLevel[]): boolean {
  const [first, second] = changes;
  if (first === undefined || second === undefined) return true;
  const way = Math.sign(second.price - first.price);
  let before = first.price - way;
  for (const { price } of changes) {
    if (!(way * (price - before) > 0)) return new Set(changes.map((change) => change.price)).size === changes.length;
    before = price;
  }
  return true;
}

function summedByText(side: BookSide, changes: readonly PriceLevel[]): readonly PriceLevel[] | string {
  const levels = new Map<string, PriceLevel>();
  for (const change of changes) {
    const { price } = change.exact;
    const level = exactSum(levels.get(price) ?? side.get(price), change);
    if (typeof level === 'string') return level;
    levels.set(price, level);
  }
  return [...levels.values()];
}

/** A change of a level by their texts; a text where it contradicts the book. */
function exactSum(before: PriceLevel | undefined, change: PriceLevel): PriceLevel | string {
  const { price } = change.exact;
  if (removes(change) && before !== undefined) return `a change of 0 at ${price}, where a level stands`;
  const text = before === undefined ? change.exact.size : sumOf(before.exact.size, change.exact.size);
  const size = Number(text);
  if (size < 0) return `a change of ${change.exact.size} at ${price} leaves ${text}`;
  return { price: change.price, size, exact: { price, size: text } };
}

/** Below this, numbers of so many decimals are whole again once these are multiplied away, but for less than a half. */
const PLAIN = 1e15;

/** From here on the shortest text of a double has no exponent; its digits are those of any that has at most 15. */
const LEAST_PLAIN = 1e-6;
const POWERS: readonly number[] = Array.from({ length: 16 }, (_, power) => Number(`1e${power}`));
const tenTo = (power: number): number => POWERS[power] ?? NaN;

/** The same by numbers, of two levels that are plain; `undefined` where it is for the texts to tell. */
function plainSum(leaves: Leaves, change: PriceLevel, sign: Sign): PriceLevel | undefined {
  const spelling = PlainLevel.spellingOf(change);
  const before = spelling === ODD || change.size === 0 ? undefined : numbersIn(leaves, change, sign);
  if (before === undefined) return undefined;
  let decimals = Math.max(sizeDecimalsOf(spelling), sizeDecimalsOf(before.spelling));
  const scale = tenTo(decimals);
  const [first, second] = [before.size * scale, change.size * scale];
  let units = Math.round(first) + Math.round(second);
  if (!(first < PLAIN && Math.abs(second) < PLAIN && units >= 0 && units < PLAIN)) return undefined;
  for (; decimals > 0 && units % 10 === 0; decimals -= 1) units /= 10;
  const size = units / tenTo(decimals);
  const exact = { price: change.exact.price, size: size < LEAST_PLAIN ? size.toFixed(decimals) : String(size) };
  return new PlainLevel(change.price, size, exact, spelling - sizeDecimalsOf(spelling) + decimals);
}

/** Without zeros at its end, as sizes of smallest units are written. */
const sumOf = (a: string, b: string): string => plainDecimal(addDecimals(a, b));

function negative({ bids, asks }: DepthDiff): string | undefined {
  for (const side of [bids, asks]) {
    for (const { size, exact } of side) if (size < 0) return `a size of ${exact.size} at ${exact.price}`;
  }
  return undefined;
}
