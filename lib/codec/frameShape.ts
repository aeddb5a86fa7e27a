import { type Hole, type LearnedShape, type Part, learned } from './learnedShape.js';
import { partOf, standsAt } from './scanDecimal.js';

const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const CLOSE = 125;
/** Of so many digits a double holds any number. */
const MOST_DIGITS = 15;
/**
 * What the frames of a channel have in common but for one gap: keys, order, nesting, `true`, `false` and `null` to the letter;
 * texts and whole numbers differ. Learned of one frame that `JSON.parse` has read; another one that fits is read without
 * it, in a third of the time, to what `JSON.parse` would make of it. Whatever is not as plain as that does not fit.
 */
export class FrameShape {
  /** What the holes held of the frame that was read last. */
  readonly values: unknown[] = [];
  /** Where reading stands. */
  #at = 0;

  private constructor(
    readonly shape: LearnedShape,
    /** Whether numbers with decimals are read, as texts of their digits. */
    private readonly isExact = false,
  ) {}

  /**
   * @param head The frame up to the gap.
   * @param gap What stands in the gap, as members of the object that it is in.
   * @param tail What of the frame is behind the gap.
   * @returns `undefined` where the frame has white space, escapes, fractions or whatever else can't be in a shape.
   */
  static of(head: string, gap: Readonly<Record<string, unknown>>, tail: string): FrameShape | undefined {
    const shape = learned(head, gap, tail);
    return shape && new FrameShape(shape);
  }

  /**
   * The same of a whole frame, whose gap is behind its end.
   *
   * @param isExact Of one that `parseExact` has read, and to what that makes of it: numbers with decimals differ, too.
   */
  static whole(text: string, isExact: boolean): FrameShape | undefined {
    const shape = learned(text, {}, '', isExact);
    return shape && new FrameShape(shape, isExact);
  }

  /** @returns Where the gap of a text begins; -1 where the text does not fit up to there. */
  head(text: string): number {
    this.#at = 0;
    const { end, gapAfter, beforeGap } = this.shape;
    // Nothing is gone over that is cut off: `scanDecimal` says what a look behind the end costs.
    if (!text.endsWith(end || beforeGap)) return -1;
    const fits = this.#fill(text, 0, gapAfter) && standsAt(text, beforeGap, this.#at);
    return fits ? this.#at + beforeGap.length : -1;
  }

  /** @returns Whether a text that fits up to the gap does so from its end on. */
  tail(text: string, at: number): boolean {
    this.#at = at;
    const { end, holes, gapAfter } = this.shape;
    return this.#fill(text, gapAfter, holes.length) && text.length === this.#at + end.length;
  }

  /** The frame that was read. */
  frame(): unknown {
    return this.#made(this.shape.root);
  }

  #made({ pattern, isList, holes, parts }: Part): unknown {
    const made = { ...pattern };
    for (const { key, hole } of holes) made[key] = this.values[hole];
    for (const { key, part } of parts) made[key] = this.#made(part);
    return isList ? Object.values(made) : made;
  }

  #fill(text: string, from: number, to: number): boolean {
    for (let i = from; i < to; i += 1) {
      const { before, isText } = this.shape.holes[i] as Hole;
      if (!standsAt(text, before, this.#at)) return false;
      this.#at += before.length;
      if (!(isText ? this.#fillText(text, i) : this.#fillNumber(text, i))) return false;
    }
    return true;
  }

  #fillText(text: string, hole: number): boolean {
    const start = this.#at;
    const last = this.values[hole] as string | undefined;
    if (last !== undefined && text.charCodeAt(start + last.length) === QUOTE && standsAt(text, last, start)) {
      this.#at = start + last.length;
      return true;
    }
    let at = start;
    for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(++at)) {
      // Not so by NaN either, behind the end.
      if (!(code >= 32) || code === BACKSLASH) return false;
    }
    this.values[hole] = partOf(text, start, at);
    this.#at = at;
    return true;
  }

  /** A number with decimals, of which rows mostly have the same again. */
  #isFractionAgain(text: string, hole: number): boolean {
    const last = this.values[hole];
    if (typeof last !== 'string' || !standsAt(text, last, this.#at)) return false;
    const end = this.#at + last.length;
    const code = text.charCodeAt(end);
    if (code !== COMMA && code !== CLOSE && code !== CLOSE_LIST) return false;
    this.#at = end;
    return true;
  }

  #fillNumber(text: string, hole: number): boolean {
    if (this.isExact && this.#isFractionAgain(text, hole)) return true;
    let at = this.#at;
    const isNegative = text.charCodeAt(at) === MINUS;
    if (isNegative) at += 1;
    const start = at;
    let value = 0;
    for (let code = text.charCodeAt(at); code >= ZERO && code <= NINE; code = text.charCodeAt(++at)) {
      value = value * 10 + (code - ZERO);
    }
    const digits = at - start;
    if (digits === 0 || digits > MOST_DIGITS) return false;
    const hasZeroAhead = text.charCodeAt(start) === ZERO;
    if (this.isExact && text.charCodeAt(at) === POINT) {
      return (!hasZeroAhead || digits === 1) && this.#fillFraction(text, hole, at + 1);
    }
    this.values[hole] = isNegative ? -value : value;
    this.#at = at;
    return !hasZeroAhead || (digits === 1 && !isNegative);
  }

  /** @param from Where its decimals begin. */
  #fillFraction(text: string, hole: number, from: number): boolean {
    let at = from;
    while (text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= NINE) at += 1;
    if (at === from) return false;
    this.values[hole] = partOf(text, this.#at, at);
    this.#at = at;
    return true;
  }
}
