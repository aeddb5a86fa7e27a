import { ODD } from '../model/plainLevel.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { FrameShape } from './frameShape.js';
import type { Cursor } from './scanDecimal.js';

/** A price and a size, as venues send them. */
export type Pair = readonly [price: string, size: string];

/** Levels as a venue sends them. */
export const pairsOf = (levels: readonly PriceLevel[]): readonly Pair[] =>
  levels.map(({ exact }) => [exact.price, exact.size]);

/** Levels that were read from the text of a frame. `Levels` takes them as they are; no JSON can make one. */
export class ScannedLevels {
  constructor(readonly levels: readonly PriceLevel[]) {}

  /** As the venue sent them. */
  toJSON(): readonly Pair[] {
    return pairsOf(this.levels);
  }
}

/** Finds, in what is left of a frame without its levels, the object that they belong to. */
export type PlaceOfLevels = (frame: unknown) => Record<string, unknown> | undefined;

/**
 * Reads the list that begins with `opening` where the cursor stands, and leaves the cursor behind its end; `undefined` where it
 * is not plain.
 */
export type ReadList = (text: string, opening: string, cursor: Cursor) => ScannedLevels | undefined;

/** Reads the frames of one wire. */
export interface LevelScanner {
  /**
   * Reads one frame.
   *
   * @returns The frame of a text with its levels in it, as `Levels` takes them; `undefined` where anything is not as plain as
   *   that, for the ordinary way to judge.
   * @throws SyntaxError where what is around the levels is no JSON.
   */
  readonly read: (text: string) => unknown;
}

/** What stands for the lists in a frame that was read without them. */
const [FIRST, SECOND] = [1, 2];
/** What is around the lists is learned of no frame that has more of it: it would not come again. */
const LONGEST_SHAPE = 1_000;
/** After so many frames in a row that did not fit a shape another one is learned; twice as many each time. */
const PATIENCE = 64;

/** Parses frames whose two lists of levels stand side by side, and has these read from the text itself. */
export class SideScanner implements LevelScanner {
  readonly #unquoted: string;
  readonly #opening: string;
  readonly #next: string;
  readonly #filling: string;
  readonly #cursor: Cursor = { at: 0, decimals: ODD };
  #shape: FrameShape | undefined;
  #misses = 0;
  #patience = 1;

  constructor(
    private readonly first: string,
    private readonly second: string,
    private readonly place: PlaceOfLevels,
    private readonly readList: ReadList,
  ) {
    this.#unquoted = `${first}":[`;
    this.#opening = `"${this.#unquoted}`;
    this.#next = `,"${second}":[`;
    this.#filling = `"${first}":${FIRST},"${second}":${SECOND}`;
  }

  read(text: string): unknown {
    return this.#readByShape(text) ?? this.#readAnew(text, true);
  }

  /** The same of a text whose shape will not come again. */
  readOnce(text: string): unknown {
    return this.#readAnew(text, false);
  }

  /** What stands around the lists is as it was in a frame before. */
  #readByShape(text: string): unknown {
    const shape = this.#shape;
    if (shape === undefined) return undefined;
    const cursor = this.#cursor;
    cursor.at = shape.head(text);
    if (cursor.at < 0) return undefined;
    const ones = this.readList(text, this.#opening, cursor);
    const others = ones && this.readList(text, this.#next, cursor);
    if (others === undefined || !shape.tail(text, cursor.at)) return undefined;
    this.#misses = 0;
    return this.#filled(shape.frame(), ones, others);
  }

  #readAnew(text: string, isLearned: boolean): unknown {
    const cursor = this.#cursor;
    // Without the quote it begins with, of which a frame is full: each would be looked at.
    const from = (cursor.at = text.indexOf(this.#unquoted) - 1);
    if (from < 0) return undefined;
    const ones = this.readList(text, this.#opening, cursor);
    const others = ones && this.readList(text, this.#next, cursor);
    if (others === undefined) return undefined;
    const [head, tail] = [text.slice(0, from), text.slice(cursor.at)];
    const parsed: unknown = JSON.parse(head + this.#filling + tail);
    const frame = this.#filled(parsed, ones, others);
    if (isLearned && frame !== undefined) this.#learn(head, tail);
    return frame;
  }

  #filled(frame: unknown, ones: ScannedLevels | undefined, others: ScannedLevels): unknown {
    const { first, second } = this;
    const home = this.place(frame);
    // A key told twice, or at another place.
    if (home?.[first] !== FIRST || home[second] !== SECOND) return undefined;
    home[first] = ones;
    home[second] = others;
    return frame;
  }

  #learn(head: string, tail: string): void {
    this.#misses += 1;
    if (this.#misses < this.#patience || head.length + tail.length > LONGEST_SHAPE) return;
    this.#misses = 0;
    this.#patience = Math.min(2 * this.#patience, PATIENCE);
    const { first, second } = this;
    this.#shape = FrameShape.of(head, { [first]: FIRST, [second]: SECOND }, tail) ?? this.#shape;
  }
}
