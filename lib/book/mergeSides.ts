import type { PriceLevel } from '../model/priceLevel.js';
import { multiplyDecimals } from './decimals.js';
import { comparePrices, levelOf } from './level.js';
import { sumOfSizes } from './sumOfSizes.js';

/** One price of several books, best first. */
export interface MergedLevel<N extends string> extends PriceLevel {
  /** The levels it is the sum of, by whose book they are of. */
  readonly parts: readonly { readonly of: N; readonly level: PriceLevel }[];
}

/** The side of one book, best first. `unit` is what a size of 1 is of, where sizes count contracts. */
export type NamedSide<N extends string> = readonly [name: N, side: Iterable<PriceLevel>, unit?: string | undefined];

/**
 * The best levels of several sides as one. Prices are one where they are the same number (`1.0` and `1.00`), and are written
 * as the first of them writes it; sizes are exact sums of so many units. Parts are left as they are.
 *
 * @param sign 1 for asks, -1 for bids.
 */
export function mergeSides<N extends string>(
  sides: Iterable<NamedSide<N>>,
  sign: 1 | -1,
  depth: number,
): readonly MergedLevel<N>[] {
  const heads = Array.from(sides, ([of, side, unit]) => new Head(of, side[Symbol.iterator](), unit));
  const merged: MergedLevel<N>[] = [];
  while (merged.length < depth) {
    let best: PriceLevel | undefined;
    for (const { level } of heads) {
      if (level !== undefined && (best === undefined || sign * comparePrices(level, best) < 0)) best = level;
    }
    if (best === undefined) break;
    merged.push(levelFrom(best, heads));
  }
  return merged;
}

/** Takes the levels at one price from all that have it. */
function levelFrom<N extends string>(best: PriceLevel, heads: readonly Head<N>[]): MergedLevel<N> {
  const parts: { of: N; level: PriceLevel }[] = [];
  const amounts: PriceLevel[] = [];
  for (const head of heads) {
    const { of, level, unit } = head;
    // The best itself is always taken: a price above all doubles compares as equal to nothing, and nothing would be behind it.
    if (level === undefined || (level !== best && comparePrices(level, best) !== 0)) continue;
    parts.push({ of, level });
    amounts.push(unit === undefined ? level : amountOf(level, unit));
    head.next();
  }
  const [first, ...others] = amounts;
  const size = first !== undefined && others.length === 0 ? first.exact.size : sumOfSizes(amounts);
  return { price: best.price, size: Number(size), exact: { price: best.exact.price, size }, parts };
}

const amountOf = ({ exact: { price, size } }: PriceLevel, unit: string): PriceLevel =>
  levelOf(price, multiplyDecimals(size, unit));

/** The next level of one side. */
class Head<N extends string> {
  readonly of: N;
  readonly unit: string | undefined;
  readonly #levels: Iterator<PriceLevel>;
  level: PriceLevel | undefined;

  constructor(of: N, levels: Iterator<PriceLevel>, unit: string | undefined) {
    this.of = of;
    this.unit = unit;
    this.#levels = levels;
    this.next();
  }

  next(): void {
    const next = this.#levels.next();
    this.level = next.done === true ? undefined : next.value;
  }
}
