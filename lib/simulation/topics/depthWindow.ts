import type { LevelText, Side } from '../market/side.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';

/** Levels of both sides, the best first. */
export interface DepthSides {
  readonly bids: readonly LevelText[];
  readonly asks: readonly LevelText[];
}

export interface DepthWindowConfig {
  /** How many levels a side are seen. Default: all. */
  readonly depth?: number;
  /** Whether a level that is pushed out of what is seen is told as gone, though it still stands. */
  readonly tellsPushedOut: boolean;
}

/** The best levels of a book as a stream tells them: whole, and by what has changed since it was last asked. */
export class DepthWindow {
  readonly #instrument: SimulatedInstrument;
  readonly #depth: number;
  readonly #tellsPushedOut: boolean;
  #whole: DepthSides;

  constructor(instrument: SimulatedInstrument, { depth = Infinity, tellsPushedOut }: DepthWindowConfig) {
    this.#instrument = instrument;
    this.#depth = depth;
    this.#tellsPushedOut = tellsPushedOut;
    this.#whole = this.#seen();
  }

  /** As it was last told. */
  get whole(): DepthSides {
    return this.#whole;
  }

  /** What has changed, with the new sizes; none where nothing has. */
  collect(): DepthSides | undefined {
    const before = this.#whole;
    const now = this.#seen();
    this.#whole = now;
    const { bids, asks } = this.#instrument.book;
    const changes = {
      bids: this.#changes(before.bids, now.bids, bids),
      asks: this.#changes(before.asks, now.asks, asks),
    };
    return changes.bids.length + changes.asks.length === 0 ? undefined : changes;
  }

  #seen(): DepthSides {
    const { bids, asks } = this.#instrument.book;
    return { bids: bestOf(bids, this.#depth), asks: bestOf(asks, this.#depth) };
  }

  #changes(before: readonly LevelText[], now: readonly LevelText[], side: Side): readonly LevelText[] {
    // A level that changes is another one.
    if (before.length === now.length && before.every((level, i) => level === now[i])) return [];
    const [known, seen] = [new Map(before), new Map(now)];
    const standing = new Set(side.levels.map(([price]) => price));
    const gone = before
      .filter(([price]) => !seen.has(price) && (this.#tellsPushedOut || !standing.has(price)))
      .map(([price]): LevelText => [price, this.#instrument.units.zero]);
    return [...gone, ...now.filter(([price, size]) => known.get(price) !== size)];
  }
}

const bestOf = ({ levels }: Side, depth: number): readonly LevelText[] =>
  levels.slice(-Math.min(depth, levels.length)).reverse();
