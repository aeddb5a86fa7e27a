import type { BookChange } from '../market/simulatedBook.js';
import type { LevelText } from '../market/side.js';
import type { VenueMarket } from './venueMarket.js';

/** Price and quantity as whole numbers of smallest units. */
export type RawLevel = readonly [price: bigint, quantity: bigint];

export interface RawSides {
  readonly buys: readonly RawLevel[];
  readonly sells: readonly RawLevel[];
}

/** What an update says of a level: how its quantity changed, or what it is now. */
export type SizeMeaning = 'signed-change' | 'absolute';

/**
 * One market's book at one precision, as its subscribers see it. Prices are put together in steps of so many smallest
 * units, bids downwards and asks upwards, so that what the venue rounds never crosses.
 */
export class DepthAt {
  private readonly sides = { bid: new Map<bigint, bigint>(), ask: new Map<bigint, bigint>() };
  private sequence: number;

  constructor(
    private readonly market: VenueMarket,
    private readonly precision: bigint,
    private readonly sizes: SizeMeaning,
  ) {
    const { book } = market.instrument;
    this.sequence = book.sequence;
    for (const level of book.bids.levels) this.add('bid', level, 1n);
    for (const level of book.asks.levels) this.add('ask', level, 1n);
  }

  /** The whole book as of the last {@link collect}, best price first. */
  get whole(): RawSides {
    const sorted = (side: 'bid' | 'ask'): readonly RawLevel[] =>
      [...this.sides[side]].sort(([a], [b]) => ((side === 'bid' ? b < a : a < b) ? -1 : 1));
    return { buys: sorted('bid'), sells: sorted('ask') };
  }

  /** What changed since it was last asked; nothing where nothing did. */
  collect(): RawSides | undefined {
    const { book } = this.market.instrument;
    const changes = book.changesAfter(this.sequence);
    if (changes.length === 0) return undefined;
    this.sequence = book.sequence;
    const before = { bid: new Map<bigint, bigint>(), ask: new Map<bigint, bigint>() };
    for (const change of changes) this.apply(change, before[change.side]);
    const levelsOf = (side: 'bid' | 'ask'): readonly RawLevel[] =>
      [...before[side]].flatMap(([price, old]): readonly RawLevel[] => {
        const now = this.sides[side].get(price) ?? 0n;
        if (now === old) return [];
        return [[price, this.sizes === 'absolute' ? now : now - old]];
      });
    const sides = { buys: levelsOf('bid'), sells: levelsOf('ask') };
    return sides.buys.length + sides.sells.length === 0 ? undefined : sides;
  }

  private apply({ side, before, level, removed }: BookChange, touched: Map<bigint, bigint>): void {
    const price = this.priceOf(side, level);
    if (!touched.has(price)) touched.set(price, this.sides[side].get(price) ?? 0n);
    if (before !== undefined) this.add(side, before, -1n);
    if (!removed) this.add(side, level, 1n);
  }

  private add(side: 'bid' | 'ask', level: LevelText, sign: bigint): void {
    const price = this.priceOf(side, level);
    const quantity = (this.sides[side].get(price) ?? 0n) + sign * this.market.sizeUnits(level[1]);
    if (quantity === 0n) this.sides[side].delete(price);
    else this.sides[side].set(price, quantity);
  }

  private priceOf(side: 'bid' | 'ask', [text]: LevelText): bigint {
    const price = this.market.priceUnits(text);
    const over = price % this.precision;
    return over === 0n || side === 'bid' ? price - over : price - over + this.precision;
  }
}
