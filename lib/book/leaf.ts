import { ODD, PlainLevel } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { compareDecimals } from './decimals.js';
import type { Sought } from './level.js';

/** 1 for asks, -1 for bids. */
export type Sign = 1 | -1;

/** Levels, as far as they were asked for. */
type MadeLevels = (PriceLevel | undefined)[];

/** The spelling of a leaf whose levels are not all spelled alike. */
const MIXED = -2;

/**
 * A run of levels, best price first, as columns of numbers: a sixth of what the levels themselves would take, and copied
 * without being looked at. A level is made when somebody asks for it, and kept, so that it is the same one each time.
 *
 * A copy shares with the leaf that it is of whatever it does not change; most diffs change sizes alone. Only the fold that
 * made a copy changes it, until it returns. That is the way of every level: its fields lie open to `foldLeaves`.
 */
export class Leaf {
  static readonly empty = new Leaf([], [], ODD, undefined, undefined);

  /** Whether prices and spellings are its own. */
  #hasPrices = false;
  #hasSpellings = false;
  /** The number of the fold that made it. */
  madeBy = 0;

  constructor(
    public prices: number[],
    public sizes: number[],
    /** How all levels are spelled (see {@link PlainLevel}), or `MIXED`. */
    public spelling: number,
    /** How each is, where they are mixed. */
    public spellings: number[] | undefined,
    /** Those that were asked for, and all whose texts the numbers don't tell; none as long as there are none. */
    public levels: MadeLevels | undefined,
  ) {}

  /** Of levels that stand best first as they are, each price once; `undefined` where one of them does not, is none, or is odd. */
  static inOrder(levels: readonly PriceLevel[], sign: Sign): Leaf | undefined {
    const spellings = levels.map((level) => PlainLevel.spellingOf(level));
    const { 0: spelling = ODD } = spellings;
    let isMixed = false;
    let before = -sign * Infinity;
    for (let i = 0; i < levels.length; i += 1) {
      const { price, size } = levels[i] as PriceLevel;
      if (size === 0 || spellings[i] === ODD || !(sign * (price - before) > 0)) return undefined;
      isMixed ||= spellings[i] !== spelling;
      before = price;
    }
    const prices = levels.map(({ price }) => price);
    const sizes = levels.map(({ size }) => size);
    return new Leaf(prices, sizes, isMixed ? MIXED : spelling, isMixed ? spellings : undefined, undefined);
  }

  /** Several in a row as one. */
  static joined(leaves: readonly Leaf[]): Leaf {
    // Not by `flat`: V8 takes what that makes for a list with holes, and reads it more slowly.
    const all = <T>(columns: readonly T[][]): T[] => ([] as T[]).concat(...columns);
    const isMade = leaves.some(({ levels }) => levels !== undefined);
    const { spelling = ODD } = leaves[0] ?? {};
    const isMixed = leaves.some((leaf) => leaf.spelling === MIXED || leaf.spelling !== spelling);
    return new Leaf(
      all(leaves.map(({ prices }) => prices)),
      all(leaves.map(({ sizes }) => sizes)),
      isMixed ? MIXED : spelling,
      isMixed ? all(leaves.map((leaf) => leaf.#eachSpelling())) : undefined,
      isMade ? all(leaves.map(({ levels, length }) => levels ?? blank(length))) : undefined,
    );
  }

  get length(): number {
    return this.prices.length;
  }

  at(index: number): PriceLevel | undefined {
    const level = this.look(index);
    if (level !== undefined) (this.levels ??= blank(this.length))[index] = level;
    return level;
  }

  /** The level at an index, which is not kept. */
  look(index: number): PriceLevel | undefined {
    const price = this.prices[index];
    if (price === undefined) return undefined;
    const known = this.levels?.[index];
    return known ?? PlainLevel.spelled(price, this.sizes[index] as number, this.spellingAt(index));
  }

  copy(): Leaf {
    return new Leaf(this.prices, this.sizes.slice(), this.spelling, this.spellings, this.levels?.slice());
  }

  slice(from: number, to: number): Leaf {
    const { prices, sizes, spelling, spellings, levels } = this;
    return new Leaf(
      prices.slice(from, to),
      sizes.slice(from, to),
      spelling,
      spellings?.slice(from, to),
      levels?.slice(from, to),
    );
  }

  /**
   * The index of the first level that is not better, by doubles. Prices of neighbours stand at nearly even distances, so the
   * place is reckoned and corrected by a step or two: faster than halving, whose every branch is a coin toss to the processor.
   */
  near(price: number, sign: Sign): number {
    const { prices } = this;
    const end = prices.length - 1;
    if (end < 0) return 0;
    const first = prices[0] as number;
    const share = (price - first) / ((prices[end] as number) - first);
    const reckoned = share > 0 ? (share < 1 ? (share * end + 0.5) | 0 : end) : 0;
    let index = reckoned;
    while (index <= end && sign * ((prices[index] as number) - price) < 0)
      if (++index > reckoned + NEAR) return this.#halved(price, sign, index, end + 1);
    while (index > 0 && sign * ((prices[index - 1] as number) - price) >= 0)
      if (--index < reckoned - NEAR) return this.#halved(price, sign, 0, index);
    return index;
  }

  #halved(price: number, sign: Sign, from: number, to: number): number {
    return halved(from, to, (at) => sign * ((this.prices[at] as number) - price) < 0);
  }

  /** The same exactly: of prices that share a double the texts decide, which are dear to compare. Two plain ones share none. */
  indexOf(sought: Sought, spelling: number, sign: Sign): number {
    const { price } = sought;
    const first = this.near(price, sign);
    let end = first;
    while (this.prices[end] === price) end++;
    return halved(first, end, (at) => sign * this.compare(at, sought, spelling) < 0);
  }

  /** Compares the price at an index as `comparePrices` does. */
  compare(index: number, { price, exact }: Sought, spelling: number): number {
    const apart = (this.prices[index] as number) - price;
    if (apart !== 0 || exact === undefined || (spelling !== ODD && this.spellingAt(index) !== ODD)) return apart;
    return compareDecimals(this.look(index)?.exact.price ?? '', exact.price);
  }

  /** Whether that level, if it is plain, is the one at an index, digit for digit. */
  holds(index: number, level: PriceLevel): boolean {
    const spelling = this.spellingAt(index);
    const isSame = this.prices[index] === level.price && this.sizes[index] === level.size;
    return isSame && spelling !== ODD && spelling === PlainLevel.spellingOf(level);
  }

  spellingAt(index: number): number {
    return this.spellings === undefined ? this.spelling : (this.spellings[index] as number);
  }

  set(index: number, level: PriceLevel, spelling: number): void {
    this.sizes[index] = level.size;
    if (this.spellingAt(index) !== spelling) this.#mixed()[index] = spelling;
    this.#keep(index, level, spelling);
  }

  insert(index: number, level: PriceLevel, spelling: number): void {
    if (this.length === 0) {
      [this.spelling, this.spellings] = [spelling, undefined];
      this.#hasSpellings = false;
    }
    if (spelling !== this.spelling) this.#mixed().splice(index, 0, spelling);
    this.#ownPrices().splice(index, 0, level.price);
    this.sizes.splice(index, 0, level.size);
    this.levels?.splice(index, 0, undefined);
    this.#keep(index, level, spelling);
  }

  remove(index: number): void {
    if (this.spelling === MIXED) this.#mixed().splice(index, 1);
    this.#ownPrices().splice(index, 1);
    this.sizes.splice(index, 1);
    this.levels?.splice(index, 1);
  }

  #ownPrices(): number[] {
    if (!this.#hasPrices) this.prices = this.prices.slice();
    this.#hasPrices = true;
    return this.prices;
  }

  #eachSpelling(): number[] {
    return this.spellings?.slice() ?? new Array<number>(this.length).fill(this.spelling);
  }

  /** From now on each level may have a spelling of its own. */
  #mixed(): number[] {
    if (!this.#hasSpellings) this.spellings = this.#eachSpelling();
    this.#hasSpellings = true;
    this.spelling = MIXED;
    return this.spellings as number[];
  }

  #keep(index: number, level: PriceLevel, spelling: number): void {
    if (spelling === ODD) this.levels ??= blank(this.length);
    if (this.levels !== undefined) this.levels[index] = level;
  }
}

/** So many steps are made from where a price was reckoned to stand; if they lie unevenly, nothing can be reckoned. */
const NEAR = 8;

/** The first place between two that is not better, by halving. */
function halved(from: number, to: number, isBetter: (at: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBetter(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const blank = (length: number): MadeLevels => new Array<undefined>(length).fill(undefined);
